"""Objections: by whom, heard by whom, undone by how many, and their way to the community meeting (domain, 4.11)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.models import Post, Thread
from communities.models import KeepApart, Membership
from communities.services import end_term
from meetings.lifecycle import Outcome
from moderation import cases
from moderation.lifecycle import OBJECTION_STEPS, ObjectionState
from moderation.models import Objection, PostDecision
from moderation.policies import erasing_must_wait
from moderation.services import bring_on, follow_up_objections, leave, leave_hearing, object_to, withdraw_objection
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.moderation.objecting import heard, item_about, meeting_says, now_of, objected
from tests.steps import NOON, decided, fresh, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]


def told_of(member: Membership, kind: str) -> int:
    return Notice.objects.of(member.person, clock.now()).filter(kind=kind).count()


def test_author_of_a_returned_post_objects_and_those_who_did_not_decide_are_asked(cast: Cast, bring: Bring) -> None:
    objection = objected(bring("returned", cast.heron))  # by Wren
    assert objection.state == "open"
    asked = [key for key in cast.everybody if told_of(cast[key], "objection")]
    assert asked == ["ash", "juniper"]


@pytest.mark.parametrize(
    ("state", "becomes"),
    [("returned", "accepted"), ("hidden", "accepted"), ("board", "accepted"), ("removed", "accepted")],
)
def test_undone_decision_leads_the_post_back(cast: Cast, bring: Bring, state: str, becomes: str) -> None:
    post = bring(state, cast.heron)
    was = post.visible_at
    if state == "board":
        decided(post, "warn", cast.wren)
    objection = objected(post)
    if state == "removed":  # Wren and Ash did it: Juniper with the alternate
        heard(objection, cast.juniper)
        assert fresh(post).state == "removed"
        heard(objection, cast.rowan)
    else:
        heard(objection, cast.juniper)
    assert (fresh(post).state, now_of(objection).state) == (becomes, "undone")
    if was is not None:
        assert fresh(post).visible_at == was
    assert verify() == []


def test_post_removed_while_held_appears_when_it_is_undone(cast: Cast, bring: Bring) -> None:
    post = bring("removed_from_hold", cast.heron)
    objection = objected(post)
    heard(objection, cast.juniper)
    heard(objection, cast.rowan)
    assert fresh(post).state == "accepted"
    assert fresh(post).visible_at == post.pause_ends_at
    assert Thread.objects.get(pk=post.thread_id).shown_from == post.pause_ends_at
    row = PostDecision.objects.latest("pk")
    assert (row.verb, row.reason, row.by, row.seconded_by) == ("release", "objection", cast.juniper, cast.rowan)


def test_decision_that_stands_leaves_all_as_it_is_and_says_why(cast: Cast, bring: Bring) -> None:
    post = bring("hidden", cast.heron)
    objection = heard(objected(post), cast.ash, "let_stand", "It named somebody.")
    assert (objection.state, objection.by_role, objection.answer) == (
        "stands",
        "One of the Top Three",
        "It named somebody.",
    )
    assert fresh(post).state == "hidden"
    assert told_of(cast.heron, "objection_heard") == 1


def test_the_same_person_is_not_both_of_the_two_who_undo(cast: Cast, bring: Bring) -> None:
    objection = objected(bring("removed", cast.heron))
    heard(objection, cast.juniper)
    with pytest.raises(Refused):
        heard(objection, cast.juniper)
    assert now_of(objection).state == "open"


def test_first_voice_of_one_who_left_office_counts_no_more(cast: Cast, bring: Bring) -> None:
    objection = objected(bring("removed", cast.heron))
    heard(objection, cast.juniper)
    end_term(term=cast.juniper.terms.get(), by="site")
    assert heard(objection, cast.rowan).state == "open"


def test_where_nobody_else_is_left_it_goes_to_the_meeting_at_once(cast: Cast) -> None:
    post = start(cast.teal, "please hold me")
    for one in (cast.otter, cast.kestrel):
        decided(post, "remove", one)
    objection = objected(fresh(post))
    assert objection.state == "at_meeting"
    item = item_about(objection.ref)
    assert item is not None
    assert (item.kind, item.why, item.by) == ("objection", "", None)
    assert "Teal" not in item.title
    assert told_of(cast.teal, "objection_at_meeting") == 1


def test_meeting_undoes_it_and_its_maker_reads_who(cast: Cast, bring: Bring) -> None:
    post = bring("hidden", cast.heron)
    objection = heard(objected(post), cast.ash, "to_meeting")
    meeting_says(objection.ref, cast.dale, Outcome.CHANGED, "We want it back.")
    row = now_of(objection)
    assert (row.state, row.by_role, row.answer) == ("undone", "The community meeting", "We want it back.")
    assert fresh(post).state == "accepted"
    assert PostDecision.objects.latest("pk").reason == "meeting"


def test_meeting_lets_it_stand_and_that_is_the_end_of_it(cast: Cast, bring: Bring) -> None:
    objection = heard(objected(bring("hidden", cast.heron)), cast.ash, "let_stand")
    assert bring_on(objection=objection, by=cast.heron).state == "at_meeting"
    meeting_says(objection.ref, cast.dale, Outcome.STANDS)
    assert now_of(objection).state == "settled"
    with pytest.raises(Refused):
        bring_on(objection=objection, by=cast.heron)


@pytest.mark.parametrize("who", ["wren", "heron"])
def test_neither_maker_nor_decider_writes_down_what_the_meeting_said(cast: Cast, bring: Bring, who: str) -> None:
    objection = heard(objected(bring("hidden", cast.heron)), cast.ash, "to_meeting")
    with pytest.raises((Refused, Http404)):
        meeting_says(objection.ref, cast[who], Outcome.CHANGED)
    assert now_of(objection).state == "at_meeting"


def test_nobody_hears_it_in_three_days_and_it_goes_to_the_meeting(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    objection = objected(bring("returned", cast.heron))
    time_machine.shift(timedelta(hours=25))
    assert follow_up_objections() == 1
    follow_up_objections()
    assert told_of(cast.ash, "objection") == 2  # asked again, once
    time_machine.shift(timedelta(hours=47))
    follow_up_objections()
    assert now_of(objection).state == "at_meeting"
    assert follow_up_objections() == 0
    assert item_about(objection.ref) is not None


def test_taken_back_it_leaves_the_agenda_and_can_be_made_again(cast: Cast, bring: Bring) -> None:
    post = bring("returned", cast.heron)
    objection = heard(objected(post), cast.ash, "to_meeting")
    withdraw_objection(objection=objection, by=cast.heron)
    withdraw_objection(objection=objection, by=cast.heron)
    assert item_about(objection.ref) is None
    assert objected(post).pk != objection.pk


def test_the_same_form_twice_is_one_objection(cast: Cast, bring: Bring) -> None:
    post = bring("returned", cast.heron)
    assert objected(post) == objected(post, "Other words")
    assert Objection.objects.count() == 1


def test_what_was_heard_is_not_heard_again_but_a_new_decision_is(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("hidden", cast.heron)
    heard(objected(post), cast.ash, "let_stand")
    with pytest.raises(Refused):
        objected(post)
    time_machine.shift(timedelta(minutes=1))
    for one in (cast.wren, cast.ash):
        decided(post, "remove", one)
    assert objected(post).state == "open"


def test_put_back_by_a_decision_ends_the_objection_and_the_sweep_clears_the_agenda(cast: Cast, bring: Bring) -> None:
    post = bring("hidden", cast.heron)
    objection = heard(objected(post), cast.juniper, "to_meeting")
    decided(post, "put_back", cast.ash)
    assert now_of(objection).state == "undone"
    follow_up_objections()
    assert item_about(objection.ref) is None


def test_too_long_words_are_refused_and_nothing_is_kept(cast: Cast, bring: Bring) -> None:
    with pytest.raises(ValidationError):
        objected(bring("returned", cast.heron), "x" * 2001)
    assert not Objection.objects.exists()


def test_words_of_danger_are_marked_for_whoever_hears_it(cast: Cast, bring: Bring) -> None:
    assert objected(bring("returned", cast.heron), "please hold me").urgency == 2


def test_whoever_is_kept_apart_from_its_maker_does_not_hear_it(cast: Cast, bring: Bring) -> None:
    now = clock.now()
    KeepApart.objects.create(
        community=cast.fellside,
        asker=cast.ash,
        other=cast.heron,
        begun_by=cast.ash,
        state="in_force",
        asked_at=now,
        since=now,
    )
    objection = objected(bring("returned", cast.heron))
    assert told_of(cast.ash, "objection") == 0
    with pytest.raises(Refused):
        heard(objection, cast.ash)


def test_leaving_it_to_the_others_until_nobody_is_left_brings_it_to_the_meeting(cast: Cast, bring: Bring) -> None:
    objection = objected(bring("returned", cast.heron))
    for one in (cast.ash, cast.juniper):
        leave_hearing(objection=objection, by=sitting_now(one))
        with pytest.raises(Refused):
            heard(objection, one)
    assert told_of(cast.rowan, "objection") == 1
    leave_hearing(objection=objection, by=sitting_now(cast.rowan))
    assert now_of(objection).state == "at_meeting"


def test_erasing_waits_while_it_is_open_and_no_longer(cast: Cast, bring: Bring) -> None:
    objection = objected(bring("returned", cast.heron))
    assert erasing_must_wait(cast.heron)
    heard(objection, cast.ash, "let_stand")
    assert not erasing_must_wait(cast.heron)


def test_record_holds_no_word_of_it(cast: Cast, bring: Bring) -> None:
    heard(objected(bring("returned", cast.heron), "SECRET-WORDS"), cast.ash, "let_stand", "SECRET-ANSWER")
    kept = "".join(f"{row.verb}{row.facts}{row.subject}" for row in Entry.objects.all())
    assert "SECRET" not in kept
    assert Entry.objects.filter(verb="hear objection").exists()


@pytest.mark.parametrize("case", ["post:0", "post:x", "post:", "nothing:1", "post:99999999999999999999", "post:-1", ""])
def test_what_is_no_decision_about_them_is_missing(cast: Cast, case: str) -> None:
    assert cases.find(cast.fellside.pk, case, clock.now()) is None


@pytest.mark.parametrize("who", ["moss", "wren", "pebble", "teal", "dale", "finch"])
def test_nobody_objects_for_somebody_else(cast: Cast, bring: Bring, who: str) -> None:
    post = bring("returned", cast.heron)
    with pytest.raises((Http404, Refused)):
        object_to(case=post.ref, by=cast[who])


# State x verb x role: who may take an objection on its way. maker: its own; hears: Ash and Juniper, who did not decide.
TABLE = """
state      undo   let_stand  to_meeting  bring_on  withdraw
open       hears  hears      hears       -         maker
at_meeting -      -          -           maker*    maker
stands     -      -          -           maker     -
undone     -      -          -           -         -
settled    -      -          -           -         -
withdrawn  -      -          -           -         maker*
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
ALLOWED = {row[0]: dict(zip(HEAD[1:], row[1:], strict=True)) for row in ROWS}
PEOPLE = {"maker": {"heron"}, "maker*": {"heron"}, "hears": {"ash", "juniper"}, "-": set()}


def attempt(verb: str, objection: Objection, by: Membership) -> bool:
    try:
        with transaction.atomic():
            if verb == "bring_on":
                bring_on(objection=objection, by=by)
            elif verb == "withdraw":
                withdraw_objection(objection=objection, by=by)
            else:
                heard(objection, by, verb)
            transaction.set_rollback(True)
    except (Refused, Conflict, Http404):
        return False
    return True


@pytest.mark.parametrize("state", ALLOWED)
def test_every_step_by_anybody_in_any_state_is_as_the_table_says(cast: Cast, bring: Bring, state: str) -> None:
    objection = objected(bring("hidden", cast.heron))
    settled = state in {"stands", "undone", "settled"}
    gone = {"heard_by": cast.ash, "heard_at": clock.now()} if settled else {}
    Objection.objects.filter(pk=objection.pk).update(state=state, **gone)
    found = {
        (verb, who): attempt(verb, now_of(objection), one) for verb in HEAD[1:] for who, one in cast.everybody.items()
    }
    wanted = {(verb, who): who in PEOPLE[ALLOWED[state][verb]] for verb, who in found}
    assert {key: got for key, got in found.items() if got != wanted[key]} == {}


def test_table_of_steps_knows_every_state() -> None:
    assert set(ALLOWED) == set(ObjectionState.values)
    named = {state for row in OBJECTION_STEPS.values() for state in (*row.sources, row.target)}
    assert named == set(ObjectionState.values)


def test_whoever_has_left_still_objects_and_hears_what_came_of_it(cast: Cast, bring: Bring) -> None:
    post = bring("hidden", cast.heron)
    leave(by=cast.heron)
    heron = client_of(cast.heron)
    assert heron.get("/c/fellside/").status_code == 404
    assert "/c/fellside/told/" in heron.get("/accounts/yours/").content.decode()
    told = heron.get("/c/fellside/told/").content.decode()
    assert f"/c/fellside/object/{post.ref}/" in told
    # Nothing of the community stands round it: no board, no numbers, no names.
    assert "/c/fellside/board/" not in told
    assert "You are here as" not in told
    sent = heron.post(f"/c/fellside/object/{post.ref}/", {"words": "It was about my own life."})
    objection = Objection.objects.get(by=cast.heron)
    assert sent["Location"] == f"/c/fellside/objections/{objection.pk}/"
    assert [key for key in ("wren", "ash", "juniper") if told_of(cast[key], "objection")] == ["ash", "juniper"]
    heard(objection, cast.juniper)
    assert "The decision was undone" in heron.get(sent["Location"]).content.decode()
    assert verify() == []


def test_staff_who_left_and_strangers_find_no_decisions(cast: Cast) -> None:
    leave(by=cast.glen)
    for who in (cast.glen, cast.otter, cast.stranger):
        assert client_of(who).get("/c/fellside/told/").status_code == 404
    assert client_of(cast.willow).get("/c/fellside/told/").status_code == 200
    assert client_of(cast.willow).get("/c/fellside/board/").status_code == 404
