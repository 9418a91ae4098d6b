"""What elections keeps."""
