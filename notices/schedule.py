"""What runs regularly: the outbox, whatever happened to its hints."""

# Seconds. Mails go out within 60 s of a mail server's return (safety checks, 5.2); every sweep knocks at its door.
ENTRIES = {"notices.send": {"task": "notices.tasks.send_waiting", "schedule": 20.0}}
