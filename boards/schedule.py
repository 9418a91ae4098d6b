"""What the board does regularly. No page waits for it: lists are exact without it (boards.queries)."""

from celery import shared_task

import clock
from boards import index
from boards.services import erase_due, erase_old_drafts
from boards.tally import tally_due
from clock.models import note_sweep

ENTRIES = {
    "boards.tally": {"task": "boards.schedule.tally", "schedule": 20.0},
    "boards.erase": {"task": "boards.schedule.erase", "schedule": 3600.0},
}


@shared_task
def tally() -> int:
    """Count the posts that have come to the board since the last time; returns how many threads changed."""
    threads = tally_due()
    note_sweep("boards.tally", clock.now())
    return threads


@shared_task
def erase() -> int:
    """Erase the texts that were their author's alone for 30 days, drafts among them; returns how many.

    The words of the search are put right too."""
    erased = erase_due() + erase_old_drafts()
    index.mend()
    note_sweep("boards.erase", clock.now())
    return erased
