"""The keys of plans: each person's own, in files outside the database, wrapped by a ring (ADR 0030)."""
