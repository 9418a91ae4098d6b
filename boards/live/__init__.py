"""Pages that follow what happens while they are open (docs/adr/0013): what each shows, to whom, and when it is looked at."""
