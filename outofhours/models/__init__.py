"""What outofhours keeps."""
