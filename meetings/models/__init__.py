"""What meetings keeps."""
