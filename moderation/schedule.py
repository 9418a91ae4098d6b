"""What moderation does regularly. The job says nothing but "look": what is due stands in rows."""

from celery import shared_task

import clock
from clock.models import note_sweep
from moderation.services import (
    end_what_is_over,
    follow_up_holds,
    follow_up_objections,
    follow_up_reports,
    go_on_with_erasings,
)
from moderation.services.danger import blank_old_dangers, drop_left_open, send_unanswered
from moderation.services.for_staff import follow_up_staff_notices
from moderation.services.keeping import keep_to_rules

# Seconds. A hold is told again at 15 minutes: a sweep each half minute keeps that to the minute.
ENTRIES = {
    "moderation.follow_up": {"task": "moderation.schedule.follow_up", "schedule": 30.0},
    "moderation.erase_own": {"task": "moderation.schedule.erase_own", "schedule": 300.0},
    "moderation.keep_log": {"task": "moderation.schedule.keep_log", "schedule": 3600.0},
}


@shared_task
def follow_up() -> int:
    """Tell those on duty, alternates and staff about what is held or reported; returns how many holds are open."""
    open_holds = follow_up_holds()
    follow_up_reports()
    follow_up_objections()
    end_what_is_over()
    send_unanswered()
    drop_left_open()
    follow_up_staff_notices()
    note_sweep("moderation.follow_up", clock.now())
    return open_holds


@shared_task
def erase_own() -> int:
    """Go on with what members asked to erase of their own; returns how many askings are still open."""
    still_open = go_on_with_erasings()
    blank_old_dangers()
    note_sweep("moderation.erase_own", clock.now())
    return still_open


@shared_task
def keep_log() -> int:
    """Erase what each community's log has kept for its time; returns how many things."""
    erased = keep_to_rules()
    note_sweep("moderation.keep_log", clock.now())
    return erased
