"""What runs regularly: the outbox, whatever happened to its hints."""

# Seconds. Mails and pushes go out within 60 s of a server's return (safety checks, 5.2); every sweep knocks there.
ENTRIES = {
    "notices.send": {"task": "notices.tasks.send_waiting", "schedule": 20.0},
    "notices.push": {"task": "notices.tasks.push_waiting", "schedule": 20.0},
}
