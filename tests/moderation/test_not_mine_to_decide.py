""" "Not mine to decide", one's own thread, people kept apart; alternates, then the community (domain, 4.3 and 8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.models import Explanation, Post, StepAside
from communities.models import KeepApart, Membership
from meetings.lifecycle import MeetingKind, Outcome
from meetings.models import CommunityMeeting
from moderation.models import PostDecision
from moderation.services import follow_up_holds, step_aside
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.communities.test_keep_apart import kept
from tests.moderation.objecting import item_about, leaves, meeting_says
from tests.steps import HELD, NOON, decided, fresh, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]


def told(kind: str, cast: Cast) -> list[str]:
    now = clock.now()
    here = [(key, one) for key, one in cast.everybody.items() if one.community == cast.fellside]
    return [key for key, one in here if Notice.objects.of(one.person, now).filter(kind=kind).exists()]


def apart(asker: Membership, other: Membership) -> None:
    now = clock.now()
    given = {"community": asker.community, "asker": asker, "other": other, "begun_by": asker}
    KeepApart.objects.create(**given, state="in_force", asked_at=now, since=now)


def test_whoever_stepped_aside_decides_no_more_and_the_others_do(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren)
    leaves(post, cast.wren)
    with pytest.raises(Refused) as refused:
        decided(post, "release", cast.wren)
    assert "not yours" in refused.value.reason
    assert decided(post, "release", cast.ash).done
    assert StepAside.objects.count() == 1


def test_first_voice_of_one_who_steps_aside_counts_no_more(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    decided(post, "remove", cast.wren)
    leaves(post, cast.wren)
    assert PostDecision.objects.get().lapsed_at is not None
    assert not decided(post, "remove", cast.ash).done


@pytest.mark.parametrize("who", ["heron", "rowan", "linden", "dale", "otter", "thorn"])
def test_nobody_else_steps_aside(cast: Cast, bring: Bring, who: str) -> None:
    with pytest.raises(Refused):
        step_aside(post=bring("held", cast.moss), by=sitting_now(cast[who]))
    assert not StepAside.objects.exists()


def test_nobody_decides_in_their_own_thread(cast: Cast, bring: Bring) -> None:
    opening = bring("board", cast.wren)
    post = reply(cast.heron, opening.thread, HELD)
    with pytest.raises(Refused):
        decided(post, "release", cast.wren)
    assert decided(post, "release", cast.ash).done


@pytest.mark.parametrize("asker", ["wren", "heron"])
def test_two_who_are_kept_apart_decide_nothing_about_each_other(cast: Cast, bring: Bring, asker: str) -> None:
    post = bring("held", cast.heron)
    apart(cast[asker], cast.heron if asker == "wren" else cast.wren)
    with pytest.raises(Refused):
        decided(post, "release", cast.wren)


def test_two_who_are_kept_apart_are_never_the_two_of_one_decision(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    apart(cast.wren, cast.ash)
    decided(post, "remove", cast.wren)
    with pytest.raises(Refused):
        decided(post, "remove", cast.ash)
    assert decided(post, "remove", cast.juniper).done


def test_whoever_has_a_conflict_is_not_said_to_look(cast: Cast, bring: Bring) -> None:
    on_duty(cast.wren)
    opening = bring("board", cast.wren)
    post = reply(cast.heron, opening.thread, HELD)
    assert "Nobody is on duty now" in client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert told("hold", cast) == []


def test_asker_who_is_kept_apart_is_not_said_to_look_either(cast: Cast) -> None:
    on_duty(cast.wren)
    apart(cast.wren, cast.heron)
    start(cast.heron, HELD)
    assert told("hold", cast) == []


def test_queue_says_that_it_waits_and_not_whose_it_is(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren)
    page = client_of(cast.wren).get("/c/fellside/moderation/").content.decode()
    assert "A post that others of you decide on" in page
    assert "Heron" not in page
    assert f"/moderation/{post.pk}/" not in page
    assert "Heron" in client_of(cast.ash).get("/c/fellside/moderation/").content.decode()


def test_alternate_is_asked_and_decides_where_one_is_left_for_what_takes_two(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    decided(post, "remove", cast.wren)
    leaves(post, cast.ash, cast.juniper)
    assert told("alternate_decides", cast) == ["rowan"]
    address = f"/c/fellside/moderation/{post.pk}/"
    assert "Too few of the Top Three" in client_of(cast.rowan).get(address).content.decode()
    assert decided(post, "remove", cast.rowan).done
    assert fresh(post).state == "removed"
    assert Explanation.objects.latest("pk").by_role == "One of the Top Three and an alternate"
    # That case, and no other: decided, it is closed to them.
    assert client_of(cast.rowan).get(f"/c/fellside/moderation/{bring('held', cast.moss).pk}/").status_code == 404


def test_alternate_decides_nothing_while_two_are_left(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren)
    with pytest.raises(Refused):
        decided(post, "release", cast.rowan)


def test_alternates_voice_counts_no_more_once_two_are_left_again(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.ash, cast.juniper)
    assert not decided(post, "remove", cast.rowan).done
    StepAside.objects.filter(membership=cast.ash).delete()
    assert not decided(post, "remove", cast.wren).done


def test_with_nobody_left_a_special_meeting_is_called_once_and_the_author_is_told(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren, cast.ash, cast.juniper, cast.rowan)
    time_machine.shift(timedelta(minutes=1))
    follow_up_holds()
    follow_up_holds()
    assert CommunityMeeting.objects.get().kind == MeetingKind.SPECIAL
    item = item_about(post.ref)
    assert item is not None
    assert "Heron" not in item.title + item.why
    assert [row.verb for row in Explanation.objects.all()] == ["to_meeting"]
    assert fresh(post).state == "held"
    page = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "The community meeting is asked" in page


@pytest.mark.parametrize(
    ("state", "outcome", "becomes"),
    [
        ("held", Outcome.CHANGED, "accepted"),
        ("held", Outcome.STANDS, "returned"),
        ("hidden", Outcome.CHANGED, "accepted"),
        ("hidden", Outcome.STANDS, "removed"),
    ],
)
def test_what_the_meeting_says_happens(cast: Cast, bring: Bring, state: str, outcome: Outcome, becomes: str) -> None:
    post = bring(state, cast.heron)
    leaves(post, cast.wren, cast.ash, cast.juniper, cast.rowan)
    meeting_says(post.ref, cast.dale, outcome, "We read it together.")
    assert fresh(post).state == becomes
    told_last = Explanation.objects.latest("pk")
    assert (told_last.by_role, told_last.words) == ("The community meeting", "We read it together.")


def test_author_does_not_write_down_what_the_meeting_said(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.wren)
    leaves(post, cast.ash, cast.juniper, cast.rowan)
    with pytest.raises(Refused):
        meeting_says(post.ref, cast.wren, Outcome.CHANGED)


@pytest.mark.parametrize(("asker", "other"), [("heron", "juniper"), ("juniper", "heron")])
def test_somebody_kept_apart_does_not_write_down_what_the_meeting_said(
    cast: Cast, bring: Bring, asker: str, other: str
) -> None:
    post = bring("held", cast.heron)
    kept(cast, asker, other)
    leaves(post, cast.wren, cast.ash, cast.rowan)
    with pytest.raises(Refused, match="not yours to write down"):
        meeting_says(post.ref, cast.juniper, Outcome.CHANGED)
    assert fresh(post).state == "held"


def test_alternate_who_does_not_answer_in_a_day_leaves_it_to_the_meeting(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren, cast.ash, cast.juniper)
    assert item_about(post.ref) is None
    time_machine.shift(timedelta(hours=24))
    follow_up_holds()
    assert item_about(post.ref) is not None


def test_terms_that_end_leave_too_few_and_the_sweep_sees_it(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    for one in (cast.wren, cast.ash, cast.juniper):
        one.terms.update(ended_at=clock.now())
    follow_up_holds()
    assert told("alternate_decides", cast) == ["rowan"]
    assert decided(post, "release", cast.rowan).done


def test_one_left_releases_alone_and_nobody_else_is_troubled(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    leaves(post, cast.wren, cast.ash)
    follow_up_holds()
    assert told("alternate_decides", cast) == []
    assert decided(post, "release", cast.juniper).done


def test_second_look_before_leaving_it_to_the_others(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    wren = client_of(cast.wren)
    address = f"/c/fellside/moderation/{post.pk}/not-mine/"
    assert "Nobody asks you why" in wren.get(address).content.decode()
    assert not StepAside.objects.exists()
    assert wren.post(address).status_code == 302
    assert StepAside.objects.get().membership == cast.wren
    page = wren.get(f"/c/fellside/moderation/{post.pk}/").content.decode()
    assert "This one is not yours to decide" in page
    assert 'name="verb"' not in page
