"""Who writes the group's letter to somebody they have not seen, who says that it has reached them, and who decides."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import HERE, Kind, State
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, takes_part
from meetings.lifecycle.attendance import AbsenceState, After
from meetings.models import AbsenceCase
from people.decisions import YES, Decision, no


def may_see_letters(membership: Membership) -> Decision:
    """The group's letters: active members, also suspended from the board only, and staff. No query."""
    if membership.is_staff:
        return is_staff_here(membership)
    if takes_part(membership):
        return YES
    return no(_("These letters are for members and staff."))


def may_see_letter(membership: Membership, case: AbsenceCase, now: datetime) -> Decision:
    """One letter: never the one it is about, nor anybody kept apart from them. Two queries at most.

    Why it is not theirs is said to nobody.
    """
    if not (sees := may_see_letters(membership)):
        return sees
    ours = case.community_id == membership.community_id and case.membership_id != membership.pk
    if ours and case.membership_id not in apart_from(membership, now):
        return YES
    return no(_("There is no such letter here."))


def may_write_letter(membership: Membership, case: AbsenceCase, now: datetime) -> Decision:
    """Write its words, or say yes to them: active members, while it is being written. Two queries at most."""
    if not (sees := may_see_letter(membership, case, now)):
        return sees
    if membership.kind != Kind.MEMBER:
        return no(_("Members write this letter. Staff take it to them."))
    if case.state != AbsenceState.WRITING:
        return no(_("This letter is agreed already, or not needed any more."))
    return YES


def may_note_reached(membership: Membership, case: AbsenceCase, now: datetime) -> Decision:
    """Write down that somebody has it: whoever sees the letter, staff with the second step given. Two queries at most.

    The days to answer run from it.
    """
    if not (sees := may_see_letter(membership, case, now)):
        return sees
    return acts_as_staff(membership, now) if membership.is_staff else YES


def may_decide_absence(membership: Membership, case: AbsenceCase, now: datetime) -> Decision:
    """Say what follows when no answer came: one of the Top Three in office, or a caretaker, with the second step given.

    Not about themselves, and never somebody kept apart from them: one answer for all of it. Three queries at most.
    """
    if not may_see_letter(membership, case, now):
        return no(_("This one is for the others of you."))
    if not (office := acts_in_office(membership, now)):
        return office
    if case.after == After.SUSPEND and case.state == AbsenceState.PROPOSED:
        return no(_("Two of you decide this together, on the page “Somebody's place here”."))
    if not case.is_overdue(now):
        return no(_("There is still time to answer. Nothing is decided before it is over."))
    return YES


def may_read_own_letters(membership: Membership) -> Decision:
    """The letters to oneself: every member who has not left, away or suspended too (domain, section 5). No query."""
    if membership.kind == Kind.MEMBER and membership.state in HERE and membership.state != State.PROSPECTIVE:
        return YES
    return no(_("There are no letters for you here."))


def may_ask_to_come_back(membership: Membership) -> Decision:
    """Somebody inactive, at any time. No query."""
    if membership.state == State.INACTIVE:
        return YES
    return no(_("Your place here is open to you. There is nothing to ask for."))
