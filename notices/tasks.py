"""Hints to send now what is waiting; without them a sweep finds it within half a minute."""

from celery import shared_task


@shared_task
def send_waiting() -> int:
    """Send the mails that are due; safe to run twice, at once too. Returns how many went out."""
    from notices import sending

    return sending.send_all_due()


@shared_task
def push_waiting() -> int:
    """Push to phones what is due; safe to run twice, at once too. Returns how many pushes went out."""
    from notices import pushing

    return pushing.push_all_due()
