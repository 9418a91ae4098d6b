"""Danger notices: by two, or one whom nobody answers; what staff get, who is told, what stays shut (domain, 8)."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Erasing
from communities.models import Membership, TermOfOffice
from meetings.models import AgendaItem
from moderation.lifecycle import DANGER_STEPS, DangerState, DangerTo
from moderation.models import DangerNotice, LeftNumber, StaffNotice
from moderation.schedule import erase_own, follow_up
from moderation.services import erase_own_posts
from moderation.services.danger import (
    ALONE_AFTER,
    KEPT_AFTER,
    LONGEST_WORDS,
    answer_danger_notice,
    ask_danger_notice,
    blank_old_dangers,
    drop_left_open,
    end_danger,
    say_safe,
    send_unanswered,
)
from moderation.services.for_staff import acknowledge
from moderation.services.numbers import leave_number, take_number_away
from notices.models import Notice, Outgoing
from notices.sending import send_all_due
from peernet.own import documents
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.steps import NOON, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/"
WORDS, PHONE, ASK_FOR = "CanaryOfDanger stands at the bridge", "07700 900123", "CanaryMother"


def asked(
    cast: Cast,
    by: str = "wren",
    about: str = "moss",
    *,
    adds_danger: bool = False,
    words: str = WORDS,
    form_key: UUID | None = None,
) -> DangerNotice:
    return ask_danger_notice(
        by=sitting_now(cast[by]),
        about=cast[about],
        to=DangerTo.LIFE,
        words=words,
        adds_danger=adds_danger,
        form_key=form_key or uuid4(),
    )


def answered(danger: DangerNotice, by: Membership, verb: str) -> DangerNotice:
    return answer_danger_notice(danger=danger, by=sitting_now(by), verb=verb)


def sent(cast: Cast, *, adds_danger: bool = False) -> DangerNotice:
    return answered(asked(cast, adds_danger=adds_danger), cast.ash, "agree")


def ended(cast: Cast, danger: DangerNotice) -> DangerNotice:
    acknowledge(notice=danger.notice, by=sitting_now(cast.dale))
    return end_danger(danger=danger, by=sitting_now(cast.dale))


def in_state(cast: Cast, state: str) -> DangerNotice:
    danger = asked(cast)
    if state == DangerState.DROPPED:
        return answered(danger, cast.wren, "drop")
    if state in {DangerState.SENT, DangerState.OVER}:
        danger = answered(danger, cast.ash, "agree")
    if state == DangerState.OVER:
        danger = ended(cast, danger)
    return danger


def told(kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=kind, withdrawn_at=None).select_related("person")
    members = Membership.objects.filter(person__in=[row.person_id for row in rows], community__slug="fellside")
    return {member.display_name.lower() for member in members}


# Each state, verb and role.

WHO = ["wren", "ash", "moss", "rowan", "linden", "heron", "dale", "otter"]
VERBS = ["agree", "disagree", "send_alone", "drop"]


def may(state: str, verb: str, who: str, *, late: bool) -> bool:
    if state != DangerState.ASKED or who not in {"wren", "ash"}:
        return False
    if verb == "send_alone":
        return who == "wren" and late
    return (who == "wren") == (verb == "drop")


@pytest.mark.parametrize("state", list(DangerState))
@pytest.mark.parametrize("verb", VERBS)
def test_state_verb_role(cast: Cast, time_machine: TimeMachineFixture, state: str, verb: str) -> None:
    danger = in_state(cast, state)
    for late in (False, True):
        if late:
            time_machine.shift(ALONE_AFTER)
        for who in WHO:
            can = may(state, verb, who, late=late)
            before = DangerNotice.objects.get(pk=danger.pk)
            if can and not late and verb != "send_alone":
                continue
            try:
                after = answered(before, cast[who], verb)
            except (Refused, Conflict):
                assert not can, (state, verb, who, late)
            else:
                assert can, (state, verb, who, late)
                assert after.state == DANGER_STEPS[verb].target
                return


@pytest.mark.parametrize("who", ["wren", "heron", "moss", "marsh", "otter"])
def test_only_staff_of_the_community_end_it_or_say_it_is_safe(cast: Cast, who: str) -> None:
    danger = sent(cast, adds_danger=True)
    for verb in (end_danger, say_safe):
        with pytest.raises((Refused, Conflict, Http404)):
            verb(danger=danger, by=sitting_now(cast[who]))


@pytest.mark.parametrize("who", ["heron", "rowan", "linden", "dale", "otter", "bramble"])
def test_only_those_in_office_ask(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        asked(cast, who)


@pytest.mark.parametrize("about", ["wren", "dale", "willow", "teal"])
def test_it_is_about_another_member_who_belongs_here(cast: Cast, about: str) -> None:
    with pytest.raises(Refused):
        asked(cast, about=about)


def test_one_it_is_about_has_no_part_in_it_though_in_office(cast: Cast) -> None:
    danger = asked(cast, about="ash")
    with pytest.raises(Refused):
        answered(danger, cast.ash, "agree")
    ash = client_of(cast.ash)
    assert ash.get(f"{C}moderation/danger/{danger.pk}/").status_code == 404
    assert "Ash" not in ash.get(f"{C}moderation/danger/").content.decode().partition("Given before")[2]
    assert told("danger_second") == {"juniper"}


def test_without_the_second_step_nothing_is_asked_or_answered(cast: Cast) -> None:
    danger = asked(cast)
    cast.ash.sitting = cast.heron.sitting
    with pytest.raises(Refused) as refused:
        answer_danger_notice(danger=danger, by=cast.ash, verb="agree")
    assert refused.value.remedy == "second_step"


@pytest.mark.parametrize("words", ["", "   ", "a" * (LONGEST_WORDS + 1)])
def test_words_are_needed_and_few(cast: Cast, words: str) -> None:
    with pytest.raises(ValidationError):
        asked(cast, words=words)


def test_same_form_twice_is_one_notice(cast: Cast) -> None:
    key = uuid4()
    assert asked(cast, form_key=key) == asked(cast, form_key=key)
    assert DangerNotice.objects.count() == 1


# Two, or one whom nobody answers.


def test_others_in_office_are_asked_at_once_and_staff_get_nothing_before_two(cast: Cast) -> None:
    danger = asked(cast)
    assert told("danger_second") == {"ash", "juniper"}
    assert told("danger_notice") == set()
    assert client_of(cast.dale).get(f"{C}moderation/staff/danger/{danger.pk}/").status_code == 404


def test_second_sends_it_and_nobody_is_asked_any_more(cast: Cast) -> None:
    danger = sent(cast)
    assert (danger.state, danger.agreed_by) == (DangerState.SENT, cast.ash)
    assert told("danger_second") == set()
    assert told("danger_notice") == {"dale", "glen"}


def test_unanswered_for_ten_minutes_it_goes_by_one_and_not_a_second_sooner(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    danger = asked(cast)
    time_machine.shift(ALONE_AFTER - timedelta(seconds=1))
    assert send_unanswered() == 0
    with pytest.raises(Refused):
        answered(danger, cast.wren, "send_alone")
    time_machine.shift(timedelta(seconds=1))
    follow_up()
    danger.refresh_from_db()
    assert (danger.state, danger.agreed_by) == (DangerState.SENT, None)
    assert send_unanswered() == 0
    assert StaffNotice.objects.count() == 1


def test_whoever_asked_sends_it_alone_while_no_worker_runs(cast: Cast, time_machine: TimeMachineFixture) -> None:
    danger = asked(cast)
    wren = client_of(cast.wren)
    address = f"{C}moderation/danger/{danger.pk}/"
    assert "by me alone" not in wren.get(address).content.decode()
    time_machine.shift(ALONE_AFTER)
    assert "by me alone" in wren.get(address).content.decode()
    wren.post(address, {"verb": "send_alone"})
    assert DangerNotice.objects.get().state == DangerState.SENT


def test_a_no_stops_the_one_and_another_yes_still_sends(cast: Cast, time_machine: TimeMachineFixture) -> None:
    danger = answered(asked(cast), cast.ash, "disagree")
    time_machine.shift(ALONE_AFTER)
    assert send_unanswered() == 0
    with pytest.raises(Refused):
        answered(danger, cast.wren, "send_alone")
    assert answered(danger, cast.juniper, "agree").state == DangerState.SENT


def test_what_nobody_agreed_to_is_let_go_after_a_day(cast: Cast, time_machine: TimeMachineFixture) -> None:
    danger = answered(asked(cast), cast.ash, "disagree")
    time_machine.shift(timedelta(hours=24))
    assert drop_left_open() == 1
    danger.refresh_from_db()
    assert danger.state == DangerState.DROPPED


def test_with_nobody_else_in_office_it_goes_at_once(cast: Cast) -> None:
    TermOfOffice.objects.filter(membership__in=[cast.ash, cast.juniper]).update(ends_at=clock.now())
    danger = asked(cast)
    assert (danger.state, danger.agreed_by) == (DangerState.SENT, None)


# What staff get, and that they looked.


def test_staff_read_name_number_and_words_and_each_look_is_on_record(cast: Cast) -> None:
    leave_number(by=cast.moss, number=PHONE, ask_for=ASK_FOR)
    danger = sent(cast)
    page = client_of(cast.dale).get(f"{C}moderation/staff/danger/{danger.pk}/").content.decode()
    for what in ("Moss", PHONE, ASK_FOR, WORDS, 'href="tel:07700900123"'):
        assert what in page
    look = Entry.objects.get(verb="staff look")
    assert (look.actor, look.subject) == (cast.dale.ref, danger.ref)


def test_nothing_is_shown_when_the_look_cannot_be_recorded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    danger = sent(cast)

    def fails(**entry: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("moderation.services.danger.record", fails)
    dale = client_of(cast.dale)
    dale.raise_request_exception = False
    answer = dale.get(f"{C}moderation/staff/danger/{danger.pk}/")
    assert answer.status_code == 500
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize("key", ["wren", "ash", "heron", "moss", "marsh", "otter", "finch"])
def test_staffs_page_of_it_is_missing_to_everybody_else(cast: Cast, key: str) -> None:
    danger = sent(cast)
    assert client_of(cast[key]).get(f"{C}moderation/staff/danger/{danger.pk}/").status_code == 404


def test_senders_never_see_the_number_nor_whether_there_is_one(cast: Cast) -> None:
    def page() -> str:
        danger = sent(cast)
        return client_of(cast.wren).get(f"{C}moderation/danger/{danger.pk}/").content.decode()

    without = page()
    leave_number(by=cast.moss, number=PHONE, ask_for=ASK_FOR)
    with_one = page()
    assert PHONE not in with_one
    assert ASK_FOR not in with_one
    assert ("number" in without) == ("number" in with_one)


def test_number_is_given_as_it_is_left_at_that_moment_and_stays_given(cast: Cast) -> None:
    leave_number(by=cast.moss, number="01234 567890")
    danger = asked(cast)
    leave_number(by=cast.moss, number=PHONE)
    danger = answered(danger, cast.ash, "agree")
    take_number_away(by=cast.moss)
    assert DangerNotice.objects.get(pk=danger.pk).given.number == PHONE
    assert not LeftNumber.objects.exists()


# Who is told.


def test_the_one_it_is_about_is_told_what_why_by_whom_and_how_to_object(cast: Cast) -> None:
    leave_number(by=cast.moss, number=PHONE)
    danger = sent(cast)
    assert told("danger_about_you") == {"moss"}
    page = client_of(cast.moss).get(f"{C}about-you/{danger.pk}/").content.decode()
    for what in (WORDS, PHONE, "Two of the Top Three", "/report/"):
        assert what in page
    assert "Wren" not in page
    assert "Ash" not in page


def test_nobody_but_them_reads_that_page(cast: Cast) -> None:
    danger = sent(cast)
    for key in ("wren", "heron", "dale", "teal"):
        assert client_of(cast[key]).get(f"{C}about-you/{danger.pk}/").status_code == 404


def everything_for(cast: Cast, key: str) -> str:
    """All that a member could find out about it: pages, export, notices; without the forms' own tokens."""
    client = client_of(cast[key])
    places = ("", "about-you/1/", "rules/", "meetings/", "waiting/", "asked-in/", "your-number/")
    paths = ["/notices/", "/accounts/yours/", *(f"{C}{place}" for place in places)]
    pages = "".join(client.get(path).getvalue().decode() for path in paths)
    export = "".join(documents.as_json(cast[key].person, clock.now()))
    return "\n".join(line for line in f"{pages}{export}".splitlines() if "csrfmiddlewaretoken" not in line)


def test_while_telling_adds_danger_they_learn_nothing_anywhere(cast: Cast) -> None:
    start(cast.heron)  # the record has begun
    before = everything_for(cast, "moss")
    sent(cast, adds_danger=True)
    assert bare(everything_for(cast, "moss")) == bare(before)
    assert told("danger_about_you") == set()
    assert not AgendaItem.objects.exists()
    assert '"told":false' in Entry.objects.get(verb="danger notice").facts


def bare(shown: str) -> str:
    """Without the record's head, which every entry moves on and which says nothing of what it was."""
    return re.sub(r"[0-9a-f]{64}", "", shown)


def test_they_are_told_once_staff_say_it_is_safe_and_only_staff_can(cast: Cast) -> None:
    danger = sent(cast, adds_danger=True)
    dale = client_of(cast.dale)
    for _ in range(2):
        dale.post(f"{C}moderation/staff/danger/{danger.pk}/", {"verb": "safe"})
    assert told("danger_about_you") == {"moss"}
    assert AgendaItem.objects.count() == 1
    assert client_of(cast.moss).get(f"{C}about-you/{danger.pk}/").status_code == 200
    assert WORDS in everything_for(cast, "moss")


def test_members_learn_at_the_meeting_that_there_was_one_and_no_more(cast: Cast) -> None:
    sent(cast)
    item = AgendaItem.objects.get()
    assert item.from_opening
    assert item.by is None
    for word in ("Moss", "Wren", "bridge", PHONE):
        assert word not in f"{item.title} {item.why} {item.ref}"


# What is kept, and how.


def test_words_names_and_numbers_are_stored_sealed_and_go_nowhere(cast: Cast) -> None:
    for key in ("wren", "ash", "juniper", "moss", "dale"):
        on_duty(cast[key]) if key != "moss" else None
        cast[key].person.emailaddress_set.create(email=f"{key}@example.org", verified=True, primary=True)
    leave_number(by=cast.moss, number=PHONE, ask_for=ASK_FOR)
    sent(cast)
    send_all_due()
    assert mail.outbox
    canaries = ("CanaryOfDanger", PHONE, ASK_FOR)
    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values()]
    letters = [f"{letter.subject} {letter.body} {letter.message()}" for letter in mail.outbox]
    assert not [row for row in (*rows, *letters) for canary in canaries if canary in row]
    assert Outgoing.objects.exists()


def test_record_names_nobody_it_is_about(cast: Cast) -> None:
    danger = ended(cast, sent(cast))
    for entry in Entry.objects.filter(subject=danger.ref):
        assert cast.moss.ref not in f"{entry.actor} {entry.subject} {entry.facts}"
    verbs = list(Entry.objects.filter(subject=danger.ref).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["ask danger notice", "danger notice", "end danger notice"]


def test_what_is_over_is_blanked_after_thirty_days(cast: Cast, time_machine: TimeMachineFixture) -> None:
    danger = ended(cast, sent(cast))
    time_machine.shift(KEPT_AFTER - timedelta(seconds=1))
    assert blank_old_dangers() == 0
    time_machine.shift(timedelta(seconds=1))
    erase_own()
    danger.refresh_from_db()
    assert danger.sealed == ""
    assert danger.given.words == ""
    for key, path in (("dale", f"staff/danger/{danger.pk}/"), ("wren", f"danger/{danger.pk}/")):
        assert client_of(cast[key]).get(f"{C}moderation/{path}").status_code == 200
    assert client_of(cast.moss).get(f"{C}about-you/{danger.pk}/").status_code == 200


def test_it_does_not_end_before_staff_have_seen_it(cast: Cast) -> None:
    with pytest.raises(Refused):
        end_danger(danger=sent(cast), by=sitting_now(cast.dale))


@pytest.mark.parametrize("adds_danger", [False, True])
def test_erasing_waits_while_it_is_open_and_says_so_only_where_they_may_know(
    cast: Cast, bring: Callable[..., object], *, adds_danger: bool
) -> None:
    bring("board", cast.moss)
    danger = sent(cast, adds_danger=adds_danger)
    assert erase_own_posts(by=cast.moss).done_at is None
    page = client_of(cast.moss).get("/accounts/yours/fellside/erase/").content.decode()
    assert ("Something about you is still open" in page) == (not adds_danger)
    ended(cast, danger)
    erase_own()
    assert Erasing.objects.get().done_at is not None


# One's own number.


@pytest.mark.parametrize("key", ["heron", "finch", "hazel", "sorrel", "bramble", "thorn", "wren"])
def test_every_member_leaves_changes_and_takes_away_their_number(cast: Cast, key: str) -> None:
    client = client_of(cast[key])
    page = f"{C}your-number/"
    assert client.post(page, {"number": PHONE, "ask_for": ASK_FOR}).status_code == 302
    shown = client.get(page).content.decode()
    assert PHONE in shown
    client.post(page, {"number": "01632 960 001", "ask_for": ""})
    assert PHONE not in client.get(page).content.decode()
    client.post(page, {"verb": "take_away"})
    assert not LeftNumber.objects.exists()


@pytest.mark.parametrize("key", ["dale", "willow"])
def test_it_is_not_for_staff_nor_for_whoever_has_left(cast: Cast, key: str) -> None:
    assert client_of(cast[key]).get(f"{C}your-number/").status_code == 404


@pytest.mark.parametrize("number", ["", "abc", "12", "<script>", "9" * 40, "07700 900123; drop"])
def test_what_is_no_number_is_answered_beside_the_box(cast: Cast, number: str) -> None:
    answer = client_of(cast.heron).post(f"{C}your-number/", {"number": number})
    assert answer.status_code == 200
    assert not LeftNumber.objects.exists()


def test_who_has_left_a_number_is_nobodys_business(cast: Cast) -> None:
    before = Entry.objects.count()
    leave_number(by=cast.moss, number=PHONE)
    assert Entry.objects.count() == before
    assert "number_for_danger" in "".join(documents.as_json(cast.moss.person, clock.now()))
    assert PHONE not in "".join(documents.as_json(cast.heron.person, clock.now()))


def test_form_shows_staff_cover_first_and_999(cast: Cast) -> None:
    page = client_of(cast.wren).get(f"{C}moderation/danger/new/").content.decode()
    assert "Nobody of staff has said when they read notices" in page
    assert page.index("ring 999 yourself now") < page.index('<form method="post" class="form"')
    on_duty(cast.dale, 3)
    page = client_of(cast.wren).get(f"{C}moderation/danger/new/").content.decode()
    assert "Nobody will read this before tomorrow at" in page


def test_whole_way_by_its_pages(cast: Cast) -> None:
    wren, ash, dale = client_of(cast.wren), client_of(cast.ash), client_of(cast.dale)
    form = {"kind": "life", "value": cast.moss.pk, "words": WORDS, "choice": "tell", "form_key": str(uuid4())}
    answer = wren.post(f"{C}moderation/danger/new/", form)
    danger = DangerNotice.objects.get()
    assert answer["Location"] == f"{C}moderation/danger/{danger.pk}/"
    assert "One of two has decided" in ash.get(answer["Location"]).content.decode()
    ash.post(answer["Location"], {"verb": "agree"})
    assert "Danger notice" in dale.get(f"{C}moderation/staff/").content.decode()
    dale.post(f"{C}moderation/staff/{danger.notice.pk}/seen/")
    assert told("staff_have_seen") == {"wren", "ash"}
    dale.post(f"{C}moderation/staff/danger/{danger.pk}/", {"verb": "over"})
    danger.refresh_from_db()
    assert danger.state == DangerState.OVER


def test_a_number_of_another_community_is_never_given(cast: Cast) -> None:
    leave_number(by=cast.pebble, number=PHONE)  # the same person as Moss, at Riverside
    assert sent(cast).given.number == ""
