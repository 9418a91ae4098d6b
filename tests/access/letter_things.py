"""What stands at the addresses of the group's letters and of coming back, put there without asking the services."""

from datetime import timedelta
from typing import TYPE_CHECKING

import clock
from clock.london import day_of
from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.attendance import OPEN_ABSENCES, AbsenceState
from meetings.models import AbsenceCase, ComeBackAsked, LetterReached, LetterWords

if TYPE_CHECKING:
    from tests.access.group_things import People


def a_case(about: Membership, state: str, *, by: Membership, overdue: bool = False) -> AbsenceCase:
    """A letter to somebody in this state; the one that was open before is over."""
    now = clock.now()
    waiting = AbsenceCase.objects.filter(membership=about, state__in=OPEN_ABSENCES)
    waiting.update(state="ended", outcome="seen", closed_at=now)
    reached = state == AbsenceState.REACHED
    case = AbsenceCase.objects.create(
        community=about.community,
        membership=about,
        counts="weeks",
        needed=4,
        answer_days=14,
        after="inactive",
        months=3,
        units=[(day_of(now) - timedelta(days=7 * weeks)).isoformat() for weeks in (4, 3, 2, 1)],
        state=state,
        begun_at=now,
        sent_at=None if state == AbsenceState.WRITING else now,
        answer_by=day_of(now) - timedelta(days=1 if overdue else -14) if reached else None,
    )
    LetterWords.objects.create(case=case, number=1, words="Dear you, some words", at=now)
    if reached:
        LetterReached.objects.create(case=case, how="handed", on=day_of(now), by=by, at=now)
    return case


def _letter(people: "People", state: str, *, overdue: bool = False) -> dict[str, object]:
    return {"pk": a_case(people.author, state, by=people.decider, overdue=overdue).pk}


def _asked(people: "People") -> dict[str, object]:
    here = Membership.objects.filter(community=people.decider.community)
    inactive = here.filter(state=State.INACTIVE).first() or people.author
    asked = ComeBackAsked.objects.filter(membership=inactive, state="open").first()
    return {"pk": (asked or ComeBackAsked.objects.create(membership=inactive, made_at=clock.now())).pk}


MAKERS = {
    "meetings:group_letters": lambda people: {},
    "meetings:group_letter": lambda people: _letter(people, "writing"),
    "meetings:agree_letter": lambda people: _letter(people, "writing"),
    "meetings:letter_reached": lambda people: _letter(people, "sent"),
    "meetings:letter_not_reached": lambda people: _letter(people, "reached"),
    "meetings:letter_paper": lambda people: _letter(people, "sent"),
    "meetings:decide_letter": lambda people: _letter(people, "reached", overdue=True),
    "meetings:own_letters": lambda people: {},
    "meetings:own_letter": lambda people: _letter(people, "sent"),
    "meetings:open_letter": lambda people: _letter(people, "sent"),
    "meetings:answer_letter": lambda people: _letter(people, "reached"),
    "meetings:come_back": lambda people: {},
    "meetings:come_back_asked": _asked,
}
