"""Two of three conflicted: a post about a quarrel in Wren's thread, by somebody whom Ash would rather not judge."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from boards.models import Post
from meetings.lifecycle import Outcome
from moderation.services import follow_up_holds
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of
from tests.moderation.objecting import heard, leaves, meeting_says, now_of, objected
from tests.steps import HELD, NOON, decided, fresh, reply

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_two_of_three_have_a_conflict_and_the_alternate_helps_out(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    # Heron answers in a thread that Wren began, and it is held.
    post = reply(cast.heron, bring("board", cast.wren).thread, HELD)
    with pytest.raises(Refused):
        decided(post, "remove", cast.wren)

    # Ash says that it is not hers to decide. Nobody asks why.
    client_of(cast.ash).post(f"/c/fellside/moderation/{post.pk}/not-mine/")

    # Juniper alone may let it appear or give it back, but would rather take it off: that needs a second, and Rowan,
    # the alternate, is asked.
    decided(post, "remove", cast.juniper, words="It names somebody.")
    assert Notice.objects.get(kind="alternate_decides").person == cast.rowan.person
    assert decided(post, "remove", cast.rowan).done

    # Heron is told by whom, by role, and objects. Nobody is left who did not decide: everybody hears it.
    page = client_of(cast.heron).get("/c/fellside/told/").content.decode()
    assert "One of the Top Three and an alternate" in page
    objection = objected(fresh(post))
    assert objection.state == "at_meeting"

    # The meeting lets it appear, and it stands where it would have stood.
    time_machine.shift(timedelta(days=2))
    meeting_says(objection.ref, cast.dale, Outcome.CHANGED, "We leave the name out next time.")
    assert (now_of(objection).state, fresh(post).state) == ("undone", "accepted")


def test_with_nobody_left_everybody_decides(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren, cast.ash, cast.juniper)
    # The alternate is asked; they too would rather not.
    leaves(post, cast.rowan)
    follow_up_holds()
    told = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "The community meeting is asked" in told
    meeting_says(post.ref, cast.glen, Outcome.STANDS, "Come and talk with us.")
    assert fresh(post).state == "returned"
    told = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "Come and talk with us." in told


def test_an_objection_is_heard_by_somebody_else_and_the_words_come_back(cast: Cast, bring: Callable[..., Post]) -> None:
    # Wren hides a post. Heron reads why, and presses "I think this is wrong": one step, and one to send it.
    post = bring("hidden", cast.heron)
    heron = client_of(cast.heron)
    page = heron.get("/c/fellside/waiting/").content.decode()
    assert f"/c/fellside/object/{post.ref}/" in page
    answer = heron.post(f"/c/fellside/object/{post.ref}/", {"words": "I meant myself."})
    objection = cast.heron.objections.get()
    assert answer["Location"] == f"/c/fellside/objections/{objection.pk}/"

    # Wren opens it, and finds that it is not hers to hear; not a word of it is shown.
    wren = client_of(cast.wren).get(f"/c/fellside/moderation/objections/{objection.pk}/").content.decode()
    assert "not yours to hear" in wren
    assert "I meant myself." not in wren
    ash = client_of(cast.ash).get(f"/c/fellside/moderation/objections/{objection.pk}/").content.decode()
    assert "I meant myself." in ash

    # Ash undoes it: it stands again where it stood, and Heron reads so.
    heard(objection, cast.ash, "undo", "You are right.")
    assert fresh(post).state == "accepted"
    page = heron.get(f"/c/fellside/objections/{objection.pk}/").content.decode()
    assert "The decision was undone" in page
    assert "You are right." in page
    assert "Ash" not in page.split("<main")[1]
