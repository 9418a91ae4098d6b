"""The board: threads, posts, their pause, and the screening that asks a person to look."""
