"""Reports: who may make one, whom it reaches, and what comes of it (domain, sections 4 to 6; safety checks, 2.6)."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.lifecycle import State
from boards.models import Post
from moderation.models import Report
from moderation.services import follow_up_reports, report_post
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.answers.forms import form_with
from tests.cast import Cast, client_of, on_duty
from tests.communities.said import words as said
from tests.moderation.reporting import answered, now_of, reported, reported_person, told, told_of
from tests.steps import HELD, NOON, decided, fresh

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
C = "/c/fellside/"
QUEUE = f"{C}moderation/"
Bring = Callable[..., Post]


# Making one.


def test_report_of_a_post_is_two_steps_from_it_and_ends_with_whom_to_ring(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    heron = client_of(cast.heron)
    thread = heron.get(f"{C}board/{post.thread_id}/").content.decode()
    [link] = re.findall(r'href="(/c/fellside/report/post/\d+/)"', thread)
    form = form_with(heron.get(link), "read_by")
    done = heron.post(link, form | {"reason": "hurts", "words": "This is about me."}, follow=True)
    assert [status for _to, status in done.redirect_chain] == [302]
    page = said(done)
    assert "What happens next" in page
    assert "999" in page
    assert "116 123" in page
    assert (Report.objects.get().post_id, Report.objects.get().about_id) == (post.pk, cast.moss.pk)


def test_own_posts_have_no_link_and_no_form(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    heron = client_of(cast.heron)
    assert "/report/post/" not in heron.get(f"{C}board/{post.thread_id}/").content.decode()
    assert heron.get(f"{C}report/post/{post.pk}/").status_code == 404


@pytest.mark.parametrize("state", ["pause", "held", "taken_back", "returned", "erased", "removed_from_hold"])
def test_post_that_the_reporter_could_never_read_is_missing(cast: Cast, bring: Bring, state: str) -> None:
    post = bring(state, cast.moss)
    address = f"{C}report/post/{post.pk}/"
    heron = client_of(cast.heron)
    form = {"reason": "hurts", "words": "", "form_key": str(uuid4()), "read_by": "deciders"}
    assert [heron.get(address).status_code, heron.post(address, form).status_code] == [404, 404]
    with pytest.raises(Http404):
        reported(post, cast.heron)


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "bramble", "thorn", "dale", "teal"])
def test_whoever_does_not_read_the_board_reports_no_post(cast: Cast, bring: Bring, who: str) -> None:
    post = bring("board", cast.moss)
    assert client_of(cast[who]).get(f"{C}report/post/{post.pk}/").status_code == 404
    with pytest.raises(Http404):
        reported(post, cast[who])


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "thorn"])
def test_away_or_waiting_one_reports_those_in_office_and_learns_no_other_name(cast: Cast, who: str) -> None:
    client = client_of(cast[who])
    names = re.findall(r"/report/person/(\d+)/", client.get(f"{C}report/").content.decode())
    assert {int(pk) for pk in names} == {cast[key].pk for key in ("wren", "ash", "juniper", "rowan")}
    assert client.get(f"{C}report/person/{cast.moss.pk}/").status_code == 404
    assert reported_person(cast.wren, cast[who], reason="power").state == "open"
    with pytest.raises(Http404):
        reported_person(cast.moss, cast[who])


def test_suspended_from_the_board_one_reports_anybody_here(cast: Cast) -> None:
    names = re.findall(r"/report/person/(\d+)/", client_of(cast.bramble).get(f"{C}report/").content.decode())
    assert {cast.moss.pk, cast.wren.pk, cast.dale.pk} <= {int(pk) for pk in names}
    assert cast.bramble.pk not in {int(pk) for pk in names}
    assert cast.teal.pk not in {int(pk) for pk in names}


@pytest.mark.parametrize("who", ["dale", "willow", "teal"])
def test_staff_those_who_left_and_others_have_no_reports_page(cast: Cast, who: str) -> None:
    assert client_of(cast[who]).get(f"{C}report/").status_code == 404


def test_same_form_twice_is_one_report(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    key = uuid4()
    assert reported(post, cast.heron, form_key=key) == reported(post, cast.heron, form_key=key)
    assert reported(post, cast.heron, form_key=key, words="Other words") != Report.objects.first()
    assert Report.objects.count() == 2


def test_second_report_of_a_post_shows_its_writer_alone_what_the_first_said(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    address = f"{C}report/post/{post.pk}/"
    heron = client_of(cast.heron)
    assert "You have told us already" not in heron.get(address).content.decode()
    first = reported(post, cast.heron, words="It frightened me")
    again = heron.get(address).content.decode()
    assert "You have told us already" in again
    assert "It frightened me" in again
    assert f"{C}report/{first.pk}/" in again
    assert "It frightened me" not in client_of(cast.fern).get(address).content.decode()


def test_eleventh_report_in_an_hour_is_kindly_refused_and_its_words_come_back(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("board", cast.moss)
    for _each in range(10):
        reported(post, cast.heron)
    heron, address = client_of(cast.heron), f"{C}report/post/{post.pk}/"
    form = form_with(heron.get(address), "read_by") | {"reason": "hurts", "words": "One more thing."}
    answer = heron.post(address, form)
    assert answer.status_code == 403
    assert "somebody will look at each" in said(answer)
    assert "One more thing." in said(answer)
    assert reported(post, cast.heron, reason="danger").urgency == 2
    time_machine.shift(timedelta(minutes=61))
    assert heron.post(address, form).status_code == 302


def test_words_of_danger_raise_the_urgency_and_show_three_things_to_do(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    calm = reported(post, cast.fern)
    heron, address = client_of(cast.heron), f"{C}report/post/{post.pk}/"
    form = form_with(heron.get(address), "read_by") | {"reason": "other", "words": f"I can't go on, {HELD}"}
    page = said(heron.post(address, form, follow=True))
    assert "Three things to do now" in page
    assert "116 123" in page
    assert (calm.urgency, Report.objects.latest("pk").urgency) == (0, 2)
    assert "Somebody may be in danger" in said(client_of(cast.wren).get(QUEUE))


def test_report_without_a_reason_gives_the_words_back(cast: Cast, bring: Bring) -> None:
    address = f"{C}report/post/{bring('board', cast.moss).pk}/"
    heron = client_of(cast.heron)
    form = form_with(heron.get(address), "read_by") | {"words": "It hurt."}
    del form["reason"]  # a browser sends nothing for circles of which none is chosen
    answer = heron.post(address, form)
    assert "Please choose what it is about." in said(answer)
    assert "It hurt." in answer.content.decode()
    assert not Report.objects.exists()


def test_report_too_long_to_be_read_is_given_back(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    heron, address = client_of(cast.heron), f"{C}report/post/{post.pk}/"
    form = form_with(heron.get(address), "read_by") | {"reason": "hurts", "words": "a" * 2001}
    assert "2,000 letters at most" in said(heron.post(address, form))
    with pytest.raises(ValidationError):
        reported(post, cast.heron, words="a" * 2001)


# Whom it reaches.


def test_report_never_takes_the_post_away_and_stands_at_the_top_of_the_queue(cast: Cast, bring: Bring) -> None:
    held = bring("held", cast.fern)
    post = bring("board", cast.moss)
    reported(post, cast.heron)
    reported(post, cast.clover)
    page = client_of(cast.wren).get(QUEUE).content.decode()
    assert page.index(f"{QUEUE}{post.pk}/") < page.index(f"{QUEUE}{held.pk}/")
    assert page.count(f'"{QUEUE}{post.pk}/"') == 1
    assert "by 2 people" in page
    assert fresh(post).state == State.ACCEPTED


def test_those_on_duty_are_told_at_once_again_at_fifteen_minutes_and_nobody_twice(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    post = bring("board", cast.moss)
    on_duty(cast.wren)
    on_duty(cast.rowan)
    on_duty(cast.dale)
    reported(post, cast.heron)
    reported(post, cast.fern)
    follow_up_reports()
    assert [told_of(cast[who]) for who in ("wren", "ash", "rowan", "moss", "heron")] == [1, 0, 0, 0, 0]
    time_machine.shift(timedelta(minutes=15))
    follow_up_reports()
    follow_up_reports()
    assert told_of(cast.wren) == 2
    time_machine.shift(timedelta(minutes=15))
    follow_up_reports()
    assert told_of(cast.rowan, "report_waits") == 1
    assert told_of(cast.dale, "report_overdue") == 0
    time_machine.shift(timedelta(minutes=30))
    follow_up_reports()
    follow_up_reports()
    assert told_of(cast.dale, "report_overdue") == 1
    assert Entry.objects.filter(verb="report overdue").count() == 1


def test_danger_heard_of_later_is_told_anew(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    on_duty(cast.wren)
    reported(post, cast.heron)
    reported(post, cast.fern, reason="danger")
    assert told_of(cast.wren) == 2


def test_reporter_is_told_who_is_on_duty_or_that_nobody_is(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    heron = client_of(cast.heron)
    alone = reported(post, cast.heron)
    page = said(heron.get(f"{C}report/{alone.pk}/"))
    assert "Nobody is on duty now" in page
    assert "nobody has said a time" in page
    on_duty(cast.ash)
    assert "Ash is on duty" in said(heron.get(f"{C}report/{alone.pk}/"))
    about_ash = reported_person(cast.ash, cast.heron)
    assert "Nobody is on duty now" in said(heron.get(f"{C}report/{about_ash.pk}/"))


def test_notice_and_record_hold_no_word_no_name_and_not_whom_it_is_about(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    on_duty(cast.wren)
    report = reported(post, cast.heron, words="Marigold canary")
    answered(report, cast.wren, words="Marigold canary too")
    entries = Entry.objects.filter(verb__contains="report")
    assert {entry.subject for entry in entries} == {report.ref}
    kept = " ".join(
        [*(f"{e.verb} {e.subject} {e.facts}" for e in entries), *Notice.objects.values_list("path", flat=True)]
    )
    for secret in ("Marigold", cast.moss.ref, post.ref, "Moss"):
        assert secret not in kept
    assert verify() == []


def test_report_about_one_of_the_top_three_goes_to_the_others_and_never_to_them(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    for who in (cast.wren, cast.ash, cast.juniper, cast.rowan, cast.dale):
        on_duty(who)
    by_post = reported(bring("board", cast.wren), cast.heron, words="Secret canary one")
    by_person = reported_person(cast.wren, cast.fern, words="Secret canary two")
    for _each in range(3):
        time_machine.shift(timedelta(minutes=25))
        follow_up_reports()
    wren = client_of(cast.wren)
    seen = [said(wren.get(at)) for at in (QUEUE, f"{QUEUE}reports/", "/notices/", C, f"{C}people/", f"{C}report/")]
    assert not [page for page in seen if "canary" in page or "was reported" in page or "have reported these" in page]
    assert [wren.get(f"{QUEUE}reports/{row.pk}/").status_code for row in (by_post, by_person)] == [404, 404]
    assert not Notice.objects.filter(person=cast.wren.person, kind__startswith="report").exists()
    for other in (cast.ash, cast.juniper):
        assert told_of(other) == 4
        page = said(client_of(other).get(f"{QUEUE}reports/{by_person.pk}/"))
        assert "Secret canary two" in page
    # Whom should an alternate ask to look? It might be the very one.
    assert told_of(cast.rowan, "report_waits") == 0
    assert client_of(cast.rowan).get(f"{QUEUE}reports/{by_person.pk}/").status_code == 404


def test_staff_learn_of_a_report_about_one_in_office_only_when_it_waits_and_no_word_of_it(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.ash)
    on_duty(cast.dale)
    report = reported_person(cast.wren, cast.heron, reason="power", words="Secret canary")
    address = f"{QUEUE}reports/{report.pk}/"
    dale = client_of(cast.dale)
    follow_up_reports()
    assert dale.get(address).status_code == 404
    time_machine.shift(timedelta(minutes=60))
    follow_up_reports()
    page = said(dale.get(address))
    for expected in ("Wren", "Somebody uses a duty they have here to hurt or push others", "Ash", "Juniper"):
        assert expected in page
    assert "canary" not in page
    assert "Heron" not in page
    assert dale.post(address, {"verb": "leave", "reason": "other", "version": report.pk}).status_code == 404
    assert "Nothing is waiting for you" in said(dale.get(f"{QUEUE}reports/"))


def test_staff_are_told_that_an_ordinary_report_waits_and_nothing_more(cast: Cast, bring: Bring) -> None:
    report = reported(bring("board", cast.moss), cast.heron)
    follow_up_reports()
    assert Notice.objects.filter(kind="report_overdue").values_list("path", flat=True).distinct().get() == C
    assert client_of(cast.dale).get(f"{QUEUE}reports/{report.pk}/").status_code == 404


def leave_only(cast: Cast, *keys: str) -> None:
    """The terms of everybody in office at Fellside have run out but these; nobody has stepped in yet."""
    for who in ("wren", "ash", "juniper", "rowan"):
        if who not in keys:
            cast[who].terms.update(ends_at=clock.now())


def test_with_nobody_else_deciding_it_goes_to_the_alternates(cast: Cast) -> None:
    leave_only(cast, "wren", "rowan")
    on_duty(cast.rowan)
    heron = client_of(cast.heron)
    form = heron.get(f"{C}report/person/{cast.wren.pk}/")
    assert "so the alternates read it: Rowan" in said(form)
    report = reported_person(cast.wren, cast.heron, words="For Rowan alone")
    assert told_of(cast.rowan) == 1
    rowan = client_of(cast.rowan)
    assert "Wren was reported" in said(rowan.get(f"{QUEUE}reports/"))
    assert "For Rowan alone" in said(rowan.get(f"{QUEUE}reports/{report.pk}/"))
    assert client_of(cast.rowan, second_factor=False).get(f"{QUEUE}reports/{report.pk}/").status_code == 403
    assert client_of(cast.wren).get(f"{QUEUE}reports/{report.pk}/").status_code == 404
    answered(report, cast.rowan, "act")
    assert now_of(report).state == "acted"


def test_with_nobody_else_in_office_it_goes_to_staff_who_see_no_post(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.wren, text="Board canary")
    leave_only(cast, "wren")
    on_duty(cast.dale)
    heron = client_of(cast.heron)
    page = said(heron.get(f"{C}report/post/{post.pk}/"))
    assert "staff read it: Dale and Glen. They do not see the post." in page
    report = reported(post, cast.heron, words="For staff")
    assert "Dale is on duty" in said(heron.get(f"{C}report/{report.pk}/"))
    assert told_of(cast.dale) == 1
    page = said(client_of(cast.dale).get(f"{QUEUE}reports/{report.pk}/"))
    assert "For staff" in page
    assert "Board canary" not in page
    assert "A quiet evening" not in page
    assert answered(report, cast.dale) == 1


def test_one_of_two_caretakers_who_reports_the_other_reaches_staff_not_themselves(cast: Cast) -> None:
    report = reported_person(cast.otter, cast.kestrel)
    assert report.read_by == "staff"
    for who, status in (("otter", 404), ("kestrel", 404), ("marsh", 200)):
        assert client_of(cast[who]).get(f"/c/riverside/moderation/reports/{report.pk}/").status_code == status
    with pytest.raises(Refused):
        answered(report, cast.kestrel)


def test_words_written_for_one_group_are_never_shown_to_another(cast: Cast) -> None:
    report = reported_person(cast.wren, cast.heron, words="For the Top Three")
    leave_only(cast, "wren")
    page = said(client_of(cast.dale).get(f"{QUEUE}reports/{report.pk}/"))
    assert "It hurts me, or somebody else" in page
    assert "For the Top Three" not in page
    assert "They were written for others" in page


def test_form_whose_readers_changed_meanwhile_says_so_first_and_goes_at_the_second_try(cast: Cast) -> None:
    heron, address = client_of(cast.heron), f"{C}report/person/{cast.wren.pk}/"
    form = form_with(heron.get(address), "read_by") | {"reason": "power", "words": "Only for the Top Three"}
    leave_only(cast, "wren", "rowan")
    answer = heron.post(address, form)
    assert answer.status_code == 409
    assert "the alternates" in said(answer)
    assert not Report.objects.exists()
    again = form_with(answer, "read_by")
    assert again["read_by"] == "alternates"
    assert again["words"] == "Only for the Top Three"
    assert heron.post(address, again).status_code == 302
    assert Report.objects.get().reason == "power"


def test_somebody_elected_later_reads_what_the_old_ones_left_and_the_reported_one_does_not(cast: Cast) -> None:
    report = reported_person(cast.moss, cast.heron)
    from communities.lifecycle import Office
    from communities.services import start_term

    for who in (cast.moss, cast.fern, cast.heron):
        start_term(membership=who, office=Office.TOP_THREE, by="site", ends_at=None)
    for who, status in (("fern", 200), ("moss", 404), ("heron", 404)):
        assert client_of(cast[who]).get(f"{QUEUE}reports/{report.pk}/").status_code == status
        assert ("Moss was reported" in said(client_of(cast[who]).get(QUEUE))) == (status == 200)


@pytest.mark.parametrize("who", ["moss", "heron", "linden", "rowan", "dale", "otter", "bramble"])
def test_page_of_a_report_is_missing_to_everybody_it_does_not_go_to(cast: Cast, bring: Bring, who: str) -> None:
    report = reported(bring("board", cast.moss), cast.heron)
    client = client_of(cast[who])
    form = {"verb": "leave", "reason": "other", "version": report.pk}
    address = f"{QUEUE}reports/{report.pk}/"
    assert [client.get(address).status_code, client.post(address, form).status_code] == [404, 404]
    assert now_of(report).state == "open"


def test_page_of_ones_own_report_is_missing_to_everybody_else(cast: Cast, bring: Bring) -> None:
    report = reported(bring("board", cast.moss), cast.heron)
    for who in ("moss", "wren", "fern", "dale", "otter"):
        assert client_of(cast[who]).get(f"{C}report/{report.pk}/").status_code == 404


def test_second_step_is_asked_for_before_a_report_is_shown(cast: Cast, bring: Bring) -> None:
    report = reported(bring("board", cast.moss), cast.heron, words="Secret canary")
    for at in (f"{QUEUE}reports/{report.pk}/", f"{QUEUE}reports/"):
        answer = client_of(cast.wren, second_factor=False).get(at)
        assert answer.status_code == 403
        assert "canary" not in answer.content.decode()


# What comes of it.


def test_answer_reaches_each_reporter_in_plain_words_and_never_by_name(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    rows = [reported(post, who) for who in (cast.heron, cast.fern)]
    wren = client_of(cast.wren)
    address = f"{QUEUE}reports/{rows[0].pk}/"
    form = form_with(wren.get(address), "version")
    sent = form | {"verb": "leave", "reason": "within_rules", "words": "Thank you, both."}
    assert wren.post(address, sent).status_code == 302
    for row, who in zip(rows, (cast.heron, cast.fern), strict=True):
        page = said(client_of(who).get(f"{C}report/{row.pk}/"))
        assert "left it as it is" in page
        assert "It keeps to our rules" in page
        assert "Thank you, both." in page
        assert "Wren" not in page
        assert told_of(who, "report_answered") == 1
    assert "reported" not in said(client_of(cast.moss).get("/notices/"))
    assert "Somebody has reported these" not in said(wren.get(QUEUE))


def test_whoever_comes_second_is_told_and_a_report_made_meanwhile_stays_open(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    first = reported(post, cast.heron)
    later = reported(post, cast.fern)
    assert answered(first, cast.wren, seen=first.pk) == 1
    with pytest.raises(Conflict):
        answered(first, cast.ash, seen=first.pk)
    assert now_of(later).state == "open"
    assert answered(first, cast.ash) == 1


@pytest.mark.parametrize(("verb", "state"), [("hide", "acted"), ("remove", "acted")])
def test_decision_on_the_post_answers_its_reports_and_takes_the_notices_back(
    cast: Cast, bring: Bring, verb: str, state: str
) -> None:
    post = bring("board", cast.moss)
    on_duty(cast.wren)
    report = reported(post, cast.heron)
    assert told_of(cast.wren) == 1
    decided(post, verb, cast.wren)
    row = now_of(report)
    assert (row.state, row.answer_reason, row.decided_by) == (state, "off_the_board", cast.wren)
    assert told_of(cast.wren) == 0
    assert "It is off the board" in said(client_of(cast.heron).get(f"{C}report/{report.pk}/"))


def test_report_of_a_post_hidden_meanwhile_is_kept_and_closes_kindly(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    heron, address = client_of(cast.heron), f"{C}report/post/{post.pk}/"
    form = form_with(heron.get(address), "read_by") | {"reason": "hurts", "words": "It hurt."}
    decided(post, "hide", cast.wren)
    page = said(heron.post(address, form, follow=True))
    assert "off the board already" in page
    assert (Report.objects.get().state, Report.objects.get().words) == ("gone", "It hurt.")
    assert "off the board already" in said(heron.get(address))
    urgent = reported(post, cast.fern, reason="danger")
    assert urgent.state == "open"
    decided(post, "put_back", cast.ash)
    assert now_of(urgent).state == "left"


def test_author_who_erases_the_post_does_not_erase_the_report(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    report = reported(post, cast.heron, words="It was cruel.")
    Post.objects.filter(pk=post.pk).update(state=State.ERASED, title="", text="", html="")
    wren = client_of(cast.wren)
    assert f"{QUEUE}reports/{report.pk}/" in wren.get(QUEUE).content.decode()
    page = said(wren.get(f"{QUEUE}reports/{report.pk}/"))
    assert "It was cruel." in page
    assert "not there any more" in page


def test_page_of_the_post_shows_its_reports_to_those_who_decide_without_the_reporter(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    reported(post, cast.ash, words="Ash's own worry")
    reported(post, cast.heron, words="Heron's worry")
    wren, ash = (said(client_of(who).get(f"{QUEUE}{post.pk}/")) for who in (cast.wren, cast.ash))
    assert "Ash's own worry" in wren
    assert "Heron's worry" in wren
    assert "Ash's own worry" not in ash
    assert "Heron's worry" in ash


def test_one_who_decides_does_not_answer_their_own_report_but_may_hide_the_post(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    report = reported(post, cast.ash)
    with pytest.raises(Refused):
        answered(report, cast.ash)
    decided(post, "hide", cast.ash)
    assert now_of(report).state == "acted"


def test_reported_one_can_never_stand_as_the_one_who_answered(cast: Cast, bring: Bring) -> None:
    report = reported(bring("board", cast.wren), cast.heron)
    with pytest.raises(Refused):
        answered(report, cast.wren)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(
            state="left", decided_by=cast.wren, decided_at=clock.now(), answer_reason="other"
        )


def test_another_communitys_report_is_missing_in_every_address(cast: Cast) -> None:
    report = reported_person(cast.otter, cast.teal)
    wren = client_of(cast.wren)
    for slug in ("fellside", "riverside"):
        assert wren.get(f"/c/{slug}/moderation/reports/{report.pk}/").status_code == 404
        assert wren.get(f"/c/{slug}/report/person/{cast.teal.pk}/").status_code == 404


def test_service_refuses_what_another_communitys_post_would_be(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss)
    with pytest.raises(Http404):
        report_post(post=post, by=cast.teal, told=told(cast.teal, cast.moss, read_by="deciders"))
