"""The line on the front page: when the next session is, and whether one comes."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.front_lines import FrontLine, register
from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.coming import Answer
from meetings.policies.timetable import may_see_timetable
from meetings.queries.next_one import NextOne, next_one
from meetings.when import when_words


def next_line(membership: Membership, now: datetime) -> FrontLine | None:
    """The next session with what one has said of it. One query.

    Nothing for staff, whose day stands on a page of its own, nor for who is on a break or inactive: nobody asks them.
    """
    asked = not membership.is_staff and membership.state not in {State.ON_A_BREAK, State.INACTIVE}
    if not asked or not may_see_timetable(membership) or (found := next_one(membership, now)) is None:
        return None
    when = when_words(found.session.starts_at, found.session.ends_at)
    words = _("%(session)s, %(when)s") % {"session": found.session.title, "when": when}
    href = reverse("meetings:session", args=[membership.community.slug, found.session.pk])
    return FrontLine(words, href, _said(found))


def _said(found: NextOne) -> str:
    # Never why: the page may be open where others see it.
    if found.answer == Answer.COMING:
        return _("You come.")
    if found.answer == Answer.WAITING:
        return _("You are on the waiting list.")
    if found.answer:
        return _("You have said that you can't come.")
    return _("You are away that day.") if found.is_away else _("You can say whether you come.")


def register_all() -> None:
    """Offer the line; called once, as the site starts."""
    register("next session", next_line)
