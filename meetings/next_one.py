"""Lines on the front page: a letter that lies there, when the next session is, and whether one comes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.front_lines import FrontLine, register
from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.attendance import AbsenceState
from meetings.lifecycle.coming import Answer
from meetings.policies.attendance import may_read_own_letters
from meetings.policies.timetable import may_see_timetable
from meetings.queries.next_one import NextOne, ahead_of
from meetings.when import when_words


def lines(membership: Membership, now: datetime) -> list[FrontLine]:
    """That a letter to them can be answered, and the next session with what one has said of it. One query.

    Nothing for staff, whose day stands on a page of its own; no session for who is on a break or inactive: nobody asks
    them.
    """
    if membership.is_staff:
        return []
    found = ahead_of(membership, now)
    asked = membership.state not in {State.ON_A_BREAK, State.INACTIVE} and bool(may_see_timetable(membership))
    letter = [_letter(membership, found.letter)] if found.letter and may_read_own_letters(membership) else []
    return [*letter, _next(membership, found.next_one)] if asked and found.next_one else letter


def _letter(membership: Membership, state: str) -> FrontLine:
    # Neither from whom nor about what: the page may be open where others see it.
    words = _("There is a letter for you") if state == AbsenceState.SENT else _("There is a letter you can answer")
    return FrontLine(words, reverse("meetings:own_letters", args=[membership.community.slug]))


def _next(membership: Membership, found: NextOne) -> FrontLine:
    words = _("%(session)s, %(when)s") % {"session": found.title, "when": when_words(found.starts_at, found.ends_at)}
    href = reverse("meetings:session", args=[membership.community.slug, found.number])
    return FrontLine(words, href, _said(found), lead=_("Next:"))


def _said(found: NextOne) -> str:
    # Never why, for the same reason.
    if found.answer == Answer.COMING:
        return _("You come.")
    if found.answer == Answer.WAITING:
        return _("You are on the waiting list.")
    if found.answer:
        return _("You have said that you can't come.")
    return _("You are away that day.") if found.is_away else _("You can say whether you come.")


def register_all() -> None:
    """Offer the lines; called once, as the site starts."""
    register("diary", lines)
