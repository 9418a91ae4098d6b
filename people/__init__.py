"""People who sign in: made names, ways back, second steps, sittings."""
