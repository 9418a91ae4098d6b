"""What meetings do regularly. No page waits for it: what is open follows from the time (meetings.timing)."""

from celery import shared_task

import clock
from clock.models import note_sweep
from communities.models import Community
from meetings.services import lay_out_all, settle_all
from meetings.services.absences import follow_up, follow_up_absences
from meetings.services.coming import forget_old_words
from meetings.services.coming_back import close_come_backs
from meetings.services.local_asking import ask_about_local
from meetings.services.places import fill_all_places
from meetings.services.reminding import ask_for_registers, remind_all
from meetings.services.rota import share_out_all

ENTRIES = {
    "meetings.lay_out": {"task": "meetings.schedule.lay_out", "schedule": 3600.0},
    "meetings.settle": {"task": "meetings.schedule.settle", "schedule": 300.0},
    "meetings.attendance": {"task": "meetings.schedule.attendance", "schedule": 300.0},
    "meetings.turns": {"task": "meetings.schedule.share_out", "schedule": 3600.0},
    "meetings.coming": {"task": "meetings.schedule.coming", "schedule": 300.0},
    "meetings.local": {"task": "meetings.schedule.ask_about_local_life", "schedule": 86400.0},
}


@shared_task
def lay_out() -> int:
    """Lay out every group half a year ahead, and end those whose last day is over; returns how many sessions are new or
    changed."""
    laid = lay_out_all()
    note_sweep("meetings.lay_out", clock.now())
    return laid


@shared_task
def settle() -> int:
    """Note which meetings were forgotten while open, and which nobody opened; returns how many."""
    settled = settle_all()
    note_sweep("meetings.settle", clock.now())
    return settled


@shared_task
def share_out() -> int:
    """Give out the turns of the weeks ahead to those who would like one; returns how many."""
    given = share_out_all()
    note_sweep("meetings.turns", clock.now())
    return given


@shared_task
def coming() -> int:
    """Give free places to those who wait, remind of what is ahead, ask for registers; returns how many were told."""
    told = fill_all_places() + remind_all() + ask_for_registers()
    forget_old_words(clock.now())
    note_sweep("meetings.coming", clock.now())
    return told


@shared_task
def ask_about_local_life() -> int:
    """Ask somebody to look over what nobody has looked over for half a year; returns in how many communities."""
    asked = ask_about_local()
    note_sweep("meetings.local", clock.now())
    return asked


@shared_task
def attendance() -> int:
    """Follow what counting says: letters begun, ended, gone on with; returns how many are open."""
    still_open = follow_up_absences()
    close_come_backs()
    note_sweep("meetings.attendance", clock.now())
    return still_open


@shared_task
def count_again(community: int) -> int:
    """The same for one community, at once, when a register was taken or put right; returns how many are open."""
    return follow_up(community=Community.objects.get(pk=community))
