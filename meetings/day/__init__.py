"""The day of a session, worked out: its order by the clock, and whose turn it is. Pure functions, no database."""
