"""Who looks after a place: elections, terms of office, and who steps in where too few are left (ADR 0023)."""
