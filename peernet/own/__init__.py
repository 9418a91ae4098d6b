"""What is somebody's own here: all of it as a file, leaving, and erasing (domain, section 6)."""
