"""What runs regularly: old counters and ended sittings are cleared away."""

# Seconds. Nothing waits for it; it only keeps less about people (safety checks 1.12).
ENTRIES = {"people.clear_old": {"task": "people.tasks.clear_old", "schedule": 3600.0}}
