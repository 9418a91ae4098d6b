"""Handing on, content covered until one looks, notes for the meeting, and numbers for those in office alone."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import HandedOn, Post
from boards.queries.holding import nobody_says_they_look
from communities.models import Membership, TermOfOffice
from meetings.models import AgendaItem
from moderation.models import Debrief
from moderation.services import (
    erase_own_posts,
    follow_up_holds,
    follow_up_reports,
    hand_on_post,
    hand_on_report,
    report_post,
    take_back_debrief,
    write_debrief,
)
from moderation.services.reporting import Told
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.communities.said import words
from tests.steps import NOON, decided

pytestmark = pytest.mark.time_machine(NOON, tick=False)
Bring = Callable[..., Post]


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind, withdrawn_at=None).order_by("pk")
    return list(rows.values_list("person__memberships__display_name", flat=True))


def test_the_others_on_duty_are_told_and_the_author_reads_who_looks(cast: Cast, bring: Bring) -> None:
    on_duty(cast.wren)
    on_duty(cast.ash, 2, starts=time(9), ends=time(13))
    post = bring("held", cast.heron)
    heron = client_of(cast.heron)
    assert "Wren and Ash are on duty" in words(heron.get(f"/c/fellside/waiting/{post.pk}/"))
    looking = hand_on_post(post=post, by=sitting_now(cast.wren))
    assert [member.display_name for member in looking.on_duty] == ["Ash"]
    assert told("handed_on") == ["Ash"]
    assert told("hold") == ["Ash"]
    assert "Ash is on duty" in words(heron.get(f"/c/fellside/waiting/{post.pk}/"))
    assert cast.wren.pk in nobody_says_they_look([Post.objects.select_related("thread").get(pk=post.pk)])


def test_handed_on_by_the_only_one_on_duty_is_said_and_followed_up(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    on_duty(cast.rowan)
    post = bring("held", cast.heron)
    looking = hand_on_post(post=post, by=sitting_now(cast.wren))
    assert not looking.somebody_is_on
    assert "Nobody is on duty now" in words(client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/"))
    assert told("alternate_asked") == ["Rowan"]
    time_machine.shift(timedelta(minutes=20))
    follow_up_holds()
    assert told("hold") == []
    assert Entry.objects.filter(verb="hold overdue", subject=post.ref).exists()


def test_handing_on_is_no_decision_and_no_conflict(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.heron)
    hand_on_post(post=post, by=sitting_now(cast.wren))
    hand_on_post(post=post, by=sitting_now(cast.wren))
    assert HandedOn.objects.count() == Entry.objects.filter(verb="hand on").count() == 1
    assert decided(post, "release", cast.wren).done


# State x role: what waits may be handed on by whoever may decide on it.
STATES = ("pause", "board", "held", "hidden", "returned", "removed", "taken_back", "taken_back_held")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("key", ["ash", "juniper", "rowan", "linden", "moss", "bramble", "dale", "otter", "heron"])
def test_handing_on_state_by_role(cast: Cast, bring: Bring, state: str, key: str) -> None:
    post = bring(state, cast.heron)
    try:
        hand_on_post(post=post, by=sitting_now(cast[key]))
        done = True
    except (Refused, Conflict):
        done = False
    assert done is (state in {"held", "hidden"} and key in {"ash", "juniper"})


def test_nobody_hands_on_their_own_post_or_without_the_second_step(cast: Cast, bring: Bring) -> None:
    own = bring("held", cast.wren)
    with pytest.raises(Refused):
        hand_on_post(post=own, by=sitting_now(cast.wren))
    with pytest.raises(Refused):
        hand_on_post(post=own, by=cast.ash)


def test_a_report_is_handed_on_to_the_others_whom_it_goes_to(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("board", cast.ash)
    for key in ("wren", "ash", "juniper"):
        on_duty(cast[key])
    report = report_post(post=post, by=cast.heron, told=Told("hurts", "it hurts", uuid4(), "deciders"))
    assert told("report") == ["Wren", "Juniper"]
    hand_on_report(report=report, by=sitting_now(cast.wren))
    assert told("handed_on") == told("report") == ["Juniper"]
    assert "Juniper is on duty" in words(client_of(cast.heron).get(f"/c/fellside/report/{report.pk}/"))
    time_machine.shift(timedelta(minutes=16))
    follow_up_reports()
    assert "Wren" not in told("report")
    for key in ("ash", "heron", "rowan"):
        assert client_of(cast[key]).get(f"/c/fellside/moderation/reports/{report.pk}/hand-on/").status_code == 404
    with pytest.raises(Refused):
        hand_on_report(report=report, by=sitting_now(cast.ash))


def test_pages_hand_on_without_script_and_the_queue_says_so(cast: Cast, bring: Bring) -> None:
    on_duty(cast.ash)
    post = bring("held", cast.heron)
    wren = client_of(cast.wren)
    page = f"/c/fellside/moderation/{post.pk}/hand-on/"
    assert page in wren.get(f"/c/fellside/moderation/{post.pk}/").content.decode()
    assert "Nothing is decided by this." in words(wren.get(page))
    assert "Handed on. Ash is on duty, and told." in words(wren.post(page, follow=True))
    assert "One of you asks the others to look" in words(client_of(cast.ash).get("/c/fellside/moderation/"))
    assert client_of(cast.heron).get(page).status_code == 404
    decided(post, "release", cast.ash)
    assert wren.post(page).status_code == 409


def test_words_are_covered_until_somebody_chooses_to_look(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron, "SOMETHING HARD")
    report = report_post(post=post, by=cast.moss, told=Told("hurts", "HOW IT HURTS", uuid4(), "deciders"))
    wren = client_of(cast.wren)
    pages = (f"/c/fellside/moderation/{post.pk}/", f"/c/fellside/moderation/reports/{report.pk}/")
    for page in pages:
        body = wren.get(page).content.decode()
        outside = re.sub(r"<details class=\"fold\">.*?</details>", "", body, flags=re.S)
        assert "SOMETHING HARD" in body
        assert "HOW IT HURTS" in body
        assert not re.search("SOMETHING HARD|HOW IT HURTS", outside)
    assert "SOMETHING HARD" not in wren.get("/c/fellside/moderation/").content.decode()


def note_by(member: Membership, text: str = "IT WAS A LONG NIGHT") -> Debrief:
    return write_debrief(by=sitting_now(member), words=text, form_key=uuid4())


def test_a_note_is_read_by_those_in_office_and_the_agenda_says_only_that_it_is_there(cast: Cast) -> None:
    note_by(cast.wren)
    note_by(cast.ash, "MINE WAS QUIET")
    item = AgendaItem.objects.get()
    assert (item.kind, item.by) == ("debrief", None)
    assert not any(word in f"{item.title} {item.why}" for word in ("NIGHT", "QUIET", "Wren", "Ash"))
    assert "IT WAS A LONG NIGHT" in words(client_of(cast.juniper).get("/c/fellside/moderation/sharing/"))
    TermOfOffice.objects.filter(membership=cast.juniper).update(ended_at=clock.now())
    for key in ("juniper", "heron", "rowan", "linden", "dale"):
        assert client_of(cast[key]).get("/c/fellside/moderation/sharing/").status_code == 404
    assert "NIGHT" not in " ".join(Entry.objects.values_list("facts", flat=True))


def test_a_note_sent_twice_is_one_and_is_ones_own_to_take_back(cast: Cast) -> None:
    client, form = client_of(cast.wren), {"words": "IT WAS A LONG NIGHT", "form_key": str(uuid4())}
    for _ in range(2):
        assert client.post("/c/fellside/moderation/sharing/", form).status_code == 302
    note = Debrief.objects.get()
    with pytest.raises(Refused):
        take_back_debrief(note=note, by=cast.ash)
    assert client_of(cast.ash).post(f"/c/fellside/moderation/sharing/{note.pk}/").status_code == 404
    client.post(f"/c/fellside/moderation/sharing/{note.pk}/")
    note.refresh_from_db()
    assert (note.words, note.taken_back_at) == ("", clock.now())
    assert "IT WAS A LONG NIGHT" not in words(client_of(cast.juniper).get("/c/fellside/moderation/sharing/"))


def test_a_note_changed_and_sent_again_with_the_same_form_is_not_lost(cast: Cast) -> None:
    client, form_key = client_of(cast.wren), str(uuid4())
    for text in ("IT WAS A LONG NIGHT", "IT WAS A LONG NIGHT, AND I WAS ALONE"):
        client.post("/c/fellside/moderation/sharing/", {"words": text, "form_key": form_key})
    assert "AND I WAS ALONE" in words(client_of(cast.juniper).get("/c/fellside/moderation/sharing/"))


def test_a_note_goes_when_somebody_erases_what_they_wrote(cast: Cast) -> None:
    note_by(cast.wren)
    note_by(cast.ash, "MINE WAS QUIET")
    erase_own_posts(by=cast.wren)
    assert list(Debrief.objects.order_by("pk").values_list("words", flat=True)) == ["", "MINE WAS QUIET"]


@pytest.mark.parametrize("key", ["heron", "rowan", "linden", "bramble", "dale"])
def test_only_those_in_office_write_notes(cast: Cast, key: str) -> None:
    with pytest.raises(Refused):
        note_by(cast[key])


def test_numbers_are_for_those_in_office_in_order_of_names(
    cast: Cast, bring: Bring, django_assert_max_num_queries
) -> None:
    on_duty(cast.wren, 4, starts=time(19), ends=time(23))
    on_duty(cast.rowan, 4, starts=time(20), ends=time(21))
    decided(bring("held", cast.heron), "release", cast.ash)
    post = bring("board", cast.heron)
    decided(post, "remove", cast.ash)
    decided(post, "remove", cast.juniper)
    client = client_of(cast.wren)
    with django_assert_max_num_queries(15):
        said = re.sub(r"\s+", " ", words(client.get("/c/fellside/moderation/sharing/")))
    rows = ["Ash (Top Three) 2 0 0", "Juniper (Top Three) 1 0 0", "Rowan (alternate) 0 0 2", "Wren (Top Three) 0 0 8"]
    assert all(row in said for row in rows)
    assert [said.index(row) for row in rows] == sorted(said.index(row) for row in rows)
