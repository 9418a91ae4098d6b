"""Pages of elections and seats."""
