"""Who may read what of a plan, and when. Plain functions that answer with a reason."""
