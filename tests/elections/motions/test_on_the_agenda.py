"""Motions on the agenda of the next meeting: while they are open, without a word of anybody's (domain, section 7)."""

import pytest

from audit.queries import verify
from communities.services import change_state
from elections.motions.services import open_due, withdraw_motion
from meetings.items import way_of
from meetings.lifecycle import ItemKind, ItemState, MeetingState, Outcome
from meetings.models import AgendaItem
from meetings.services import note_outcome
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.elections.motions.steps import Votes, proposed
from tests.meetings.making import a_meeting
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
C = "/c/fellside/"
ASKED = {"suspended_from": "board", "weeks": 2}


def item() -> AgendaItem:
    return AgendaItem.objects.get(kind=ItemKind.MOTION)


def test_a_motion_waits_on_the_agenda_and_leads_members_to_its_page(cast: Cast) -> None:
    motion = proposed(cast.heron, title="A walk each Friday", words="MARKED-WORDS")
    assert (item().ref, item().state, item().by) == (motion.ref, ItemState.WAITING, None)
    pages = {key: client_of(cast[key]).get(f"{C}meeting/").content.decode() for key in ("moss", "dale")}
    where = f"{C}motions/{motion.pk}/"
    assert {key: where in page for key, page in pages.items()} == {"moss": True, "dale": False}
    assert not any("MARKED" in page or "A walk" in page for page in pages.values())


def test_whom_a_motion_is_about_and_what_is_asked_of_them_stands_on_no_agenda(cast: Cast) -> None:
    proposed(cast.heron, "suspension", about=cast.moss, **ASKED)
    for word in ("Moss", "Heron", "suspend"):
        assert word not in f"{item().title} {item().why}"


@pytest.mark.parametrize("way", ["withdrawn", "fell away", "decided"])
def test_a_motion_that_is_not_open_any_more_is_on_no_agenda(cast: Cast, votes: Votes, way: str) -> None:
    motion = proposed(cast.heron, "suspension", about=cast.moss, **ASKED)
    if way == "withdrawn":
        withdraw_motion(motion=motion, by=cast.heron)
    elif way == "fell away":
        change_state(membership=cast.moss, verb="leave", by="site")
        votes.opened(motion)
    else:
        votes.through(motion, yes=6)
    assert item().state == ItemState.WITHDRAWN
    assert verify() == []


def test_what_a_meeting_has_talked_over_stays_so_when_the_vote_closes(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron)
    AgendaItem.objects.update(meeting=a_meeting(cast.fellside, cast.wren, state=MeetingState.OPEN))
    note_outcome(item=item(), by=sitting_now(cast.ash), outcome=Outcome.TALKED, words="")
    votes.through(motion, yes=6)
    assert item().state == ItemState.DONE


def test_the_one_a_motion_is_about_does_not_write_down_what_came_of_it(cast: Cast) -> None:
    proposed(cast.heron, "recall", about=cast.wren)
    open_due()
    AgendaItem.objects.update(meeting=a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN))
    assert way_of(item()).keeps_out(item()) == {cast.wren.pk}
    with pytest.raises(Refused):
        note_outcome(item=item(), by=sitting_now(cast.wren), outcome=Outcome.TALKED, words="")
    assert note_outcome(item=item(), by=sitting_now(cast.ash), outcome=Outcome.TALKED, words="").outcome == "talked"
