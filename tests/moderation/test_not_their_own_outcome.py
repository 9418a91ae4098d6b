"""Nobody in office writes down what a meeting made of their own case (domain, section 4.3)."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from boards.models import Post
from meetings.items import way_of
from meetings.lifecycle import ItemKind, MeetingState, Outcome
from meetings.models import AgendaItem
from meetings.services import note_outcome
from moderation.lifecycle import DangerTo, EventKind, EventNeed
from moderation.services.danger import answer_danger_notice, ask_danger_notice
from moderation.services.for_staff import tell_staff
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import a_meeting, copied
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
OFFICERS = ("wren", "ash", "juniper", "rowan", "dale")


def may_write(cast: Cast, item: AgendaItem) -> set[str]:
    """Who of those that run a meeting may write down its outcome; the last one does."""
    AgendaItem.objects.filter(pk=item.pk).update(
        meeting=a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN)
    )
    kept_out = way_of(item).keeps_out(item)
    for key in OFFICERS:
        if cast[key].pk in kept_out:
            with pytest.raises(Refused):
                note_outcome(item=item, by=sitting_now(cast[key]), outcome=Outcome.TALKED, words="")
    free = [key for key in OFFICERS if cast[key].pk not in kept_out]
    note_outcome(item=item, by=sitting_now(cast[free[-1]]), outcome=Outcome.TALKED, words="")
    return set(free)


def test_of_a_danger_notice_neither_its_givers_nor_the_one_it_was_about(cast: Cast) -> None:
    given = {"to": DangerTo.LIFE, "words": "Please ring", "adds_danger": False, "form_key": uuid4()}
    danger = ask_danger_notice(by=sitting_now(cast.wren), about=cast.juniper, **given)
    answer_danger_notice(danger=danger, by=sitting_now(cast.ash), verb="agree")
    assert may_write(cast, AgendaItem.objects.get(kind=ItemKind.DANGER)) == {"rowan", "dale"}


def test_of_copied_words_not_their_author_unless_they_brought_them(cast: Cast, bring: Callable[..., Post]) -> None:
    others = copied(cast.ash, bring("board", cast.wren))
    assert may_write(cast, others) == set(OFFICERS) - {"wren"}
    own = copied(cast.wren, bring("board", cast.wren))
    assert cast.wren.pk not in way_of(own).keeps_out(own)


def test_significant_events_before_one_meeting_are_one_item_that_tells_neither_what_nor_how_many(cast: Cast) -> None:
    for key, kind in (("wren", EventKind.QUARREL), ("ash", EventKind.HURT)):
        tell_staff(by=sitting_now(cast[key]), kind=kind, need=EventNeed.KNOW, form_key=uuid4())
    item = AgendaItem.objects.get(kind=ItemKind.EVENT)
    assert (item.by, item.from_opening) == (None, True)
    for word in ("Wren", "Ash", str(EventKind.QUARREL.label), str(EventKind.HURT.label), "2"):
        assert word not in f"{item.title} {item.why}"
    before = client_of(cast.heron).get("/c/fellside/meeting/").content.decode()
    assert item.title not in before
    AgendaItem.objects.update(meeting=a_meeting(cast.fellside, cast.wren, state=MeetingState.OPEN))
    assert item.title in client_of(cast.heron).get("/c/fellside/meeting/").content.decode()
