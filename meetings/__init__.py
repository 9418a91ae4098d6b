"""Community meetings and what stands on their agenda."""
