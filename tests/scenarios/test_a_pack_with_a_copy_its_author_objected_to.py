"""A pack with a copy its author objected to: Wren brings words of Heron and of Moss; Moss says no, others hear Moss."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from audit.queries import verify
from boards.models import Post, ThreadNote
from meetings.lifecycle import ItemKind, Outcome, PieceState
from meetings.models import AgendaItem, CopiedPost, Look
from meetings.services import note_outcome, open_meeting, plan_meeting, say_to_copy, second_copy
from moderation.lifecycle.objections import Hearing
from moderation.services.hearing import hear
from moderation.services.objecting import object_to
from notices.models import Notice
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import copied
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
C = "/c/fellside/"
HERONS, MOSSES = "LAMPS-AND-TEA", "RAIN-ON-ROOFS"


def test_a_pack_with_a_copy_its_author_objected_to(
    cast: Cast, time_machine: TimeMachineFixture, bring: Callable[..., Post]
) -> None:
    ash, dale = (sitting_now(cast[key]) for key in ("ash", "dale"))
    herons, mosses = bring("board", cast.heron, HERONS), bring("board", cast.moss, MOSSES)
    meeting = plan_meeting(by=dale, starts_at=herons.written_at + timedelta(days=3), place="The Mill")

    # Wren copies both for the meeting. Each author is told at once, and not what of theirs it is.
    item = copied(cast.wren, herons, mosses, title="Evenings")
    assert set(Notice.objects.filter(kind="copy_asked").values_list("person", flat=True)) == {
        cast.heron.person_id,
        cast.moss.person_id,
    }
    second_copy(item=item, by=ash)
    hers, his = (CopiedPost.objects.get(post=post) for post in (herons, mosses))

    # Heron says yes. Moss says no; from this moment it is in no pack until others have heard Moss.
    say_to_copy(piece=hers, by=cast.heron, agrees=True)
    objection = object_to(case=his.ref, by=cast.moss, words="That was for the board only.")
    assert "You have objected" in client_of(cast.moss).get(f"{C}meeting/posts/{his.pk}/").content.decode()

    # Heron brings something too, and Dale, who plans it, puts the meeting in order: the kettle first.
    form = client_of(cast.heron).get(f"{C}meeting/add/").content.decode()
    key = form.partition('name="form_key" value="')[2].partition('"')[0]
    client_of(cast.heron).post(f"{C}meeting/add/", {"title": "The kettle", "words": "", "form_key": key})
    kettle = AgendaItem.objects.get(kind=ItemKind.OTHER)
    page = client_of(cast.dale).get(f"{C}meeting/{meeting.pk}/arrange/").content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    sent = {"seen": seen, f"place_{kettle.pk}": "1", f"minutes_{kettle.pk}": "5"}
    sent |= {f"place_{item.pk}": "2", f"minutes_{item.pk}": "20"}
    assert client_of(cast.dale).post(f"{C}meeting/{meeting.pk}/arrange/", sent).status_code == 302

    # The day has come and nobody has heard Moss yet. What is not decided is not read; the printed page has no words.
    time_machine.move_to(meeting.starts_at, tick=False)
    open_meeting(meeting=meeting, by=sitting_now(cast.ash))
    pack = f"{C}meeting/{meeting.pk}/copies/"
    for key in ("dale", "fern"):
        shown = client_of(cast[key]).get(pack).content.decode()
        assert shown.index("The kettle") < shown.index("Evenings") < shown.index(HERONS)
        assert MOSSES not in shown
        assert "One post is not shown" in shown
    paper = client_of(cast.dale).get(f"{C}meeting/{meeting.pk}/paper/").content.decode()
    assert HERONS not in paper
    assert "Evenings" in paper

    # Juniper, who had no part in it, hears Moss in the middle of the meeting, and it is left out for good.
    hear(objection=objection, by=sitting_now(cast.juniper), verdict=Hearing.UNDO, words="It stays on the board.")
    his.refresh_from_db()
    assert his.state == PieceState.LEFT_OUT
    assert MOSSES not in client_of(cast.dale).get(pack).content.decode()
    assert Look.objects.count() == 2  # Dale looked twice, and everybody here sees it
    assert "Dale" in client_of(cast.fern).get(f"{C}meeting/{meeting.pk}/").content.decode()

    # What came of it goes back to Heron's thread, and not to Moss's. When the meeting is over nothing is read any more.
    note_outcome(item=item, by=sitting_now(cast.dale), outcome=Outcome.AGREED, words="Quiet evenings on Tuesdays.")
    assert list(ThreadNote.objects.values_list("thread", flat=True)) == [herons.thread_id]
    time_machine.shift(timedelta(hours=4))
    assert client_of(cast.dale).get(pack).status_code == 404
    assert client_of(cast.fern).get(pack).status_code == 404
    assert verify() == []
