"""Who writes the logbook, who changes it, who agrees to it and who reads it (domain, section 5)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import State
from communities.models import Membership
from communities.policies import is_staff_here
from meetings.models.logbook import Logbook
from meetings.models.sessions import Session
from people.decisions import YES, Decision, no


@dataclass(frozen=True)
class InIt:
    """How somebody stands to the record of one session (meetings.queries.logbook).

    `there`: marked here in its register; its facilitator; its chair or secretary while there is no register. `runs`:
    what `runs_session` says. `reads_it`: chair or secretary of a later session of its group, which reads it out.
    `leads`: their agreeing counts as the chair's or the secretary's.
    """

    runs: Decision
    there: bool = False
    reads_it: bool = False
    leads: bool = False


def may_see_logbooks(membership: Membership) -> Decision:
    """Records of sessions: active members and members suspended from the board only, staff; prospective members those
    of sessions they were at. No query."""
    if membership.is_staff:
        return is_staff_here(membership)
    if membership.is_as_active or membership.state == State.PROSPECTIVE:
        return YES
    return no(_("The logbook is for members and staff."))


def sees_all_logbooks(membership: Membership) -> bool:
    """Whether they read what was agreed in sessions they were not at. No query."""
    return bool(may_see_logbooks(membership)) and membership.state != State.PROSPECTIVE


def may_read(membership: Membership, logbook: Logbook | None, stands: InIt) -> Decision:
    """Agreed: whoever sees logbooks. Before: those who were there and those who run it or read it out. No query."""
    if not (sees := may_see_logbooks(membership)):
        return sees
    if stands.there or stands.runs or stands.reads_it or membership.is_staff:
        return YES
    if logbook is not None and logbook.is_agreed and sees_all_logbooks(membership):
        return YES
    return no(_("This record is with those who were there until it is agreed."))


def may_write(
    membership: Membership, session: Session, logbook: Logbook | None, stands: InIt, now: datetime
) -> Decision:
    """Write it: chair, secretary or facilitator of that session, and staff, from its beginning. No query."""
    if not (writes := may_see_logbooks(membership)):
        return writes
    if not stands.runs:
        return stands.runs
    if not session.takes_place or not session.has_begun(now):
        return no(_("The record begins with the session."))
    return _not_agreed(logbook)


def may_propose(membership: Membership, logbook: Logbook | None, stands: InIt) -> Decision:
    """Say what should be different, leave something out, agree: whoever was there, until it is agreed. No query."""
    if not (sees := may_see_logbooks(membership)):
        return sees
    if not stands.there:
        return no(_("Only those who were there can do this."))
    return _not_agreed(logbook)


def may_leave_out(membership: Membership, logbook: Logbook, stands: InIt) -> Decision:
    """Leave a part out: anybody who was there, and whoever writes it, until it is agreed. No query."""
    if stands.runs.remedy and not stands.there:
        return stands.runs
    return (
        _not_agreed(logbook)
        if stands.runs and may_see_logbooks(membership)
        else may_propose(membership, logbook, stands)
    )


def may_agree(membership: Membership, logbook: Logbook, stands: InIt) -> Decision:
    """Agree to it: whoever was there, or the chair or secretary of the session that reads it out. No query."""
    if stands.leads and may_see_logbooks(membership):
        return _not_agreed(logbook)
    return may_propose(membership, logbook, stands)


def _not_agreed(logbook: Logbook | None) -> Decision:
    if logbook is not None and logbook.is_agreed:
        return no(_("This record is agreed, and nothing of it changes any more."))
    return YES
