"""Pages that follow what happens while they are open: what each shows, to whom, and when (docs/adr/0013)."""
