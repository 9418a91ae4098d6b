"""What was its author's alone is erased after 30 days; what others had before them is not (domain, section 6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.commitments import matches
from audit.models import Entry
from audit.queries import verify
from boards.models import Post, PostVersion
from boards.services import erase_due, take_back
from moderation.queries import access_post, taken_back_lately
from moderation.services import change_standing
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, changed, decided, fresh, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
MONTH, MINUTE = timedelta(days=30), timedelta(minutes=1)


def texts(post: Post) -> list[str]:
    return list(PostVersion.objects.filter(post=post).order_by("number").values_list("text", flat=True))


def test_post_taken_back_in_its_pause_is_erased_after_thirty_days_and_not_before(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, "Only mine", "Mine too")
    take_back(post=post, by=cast.heron)
    time_machine.shift(MONTH - MINUTE)
    assert erase_due() == 0
    time_machine.shift(MINUTE)
    assert erase_due() == 1
    gone = fresh(post)
    assert (gone.state, gone.title, gone.text, gone.html, texts(post)) == ("erased", "", "", "", [""])
    assert PostVersion.objects.get(post=post).salt == ""
    assert client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").status_code == 404


def test_erasing_twice_changes_nothing_and_the_record_says_only_that_it_happened(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, "Only mine")
    take_back(post=post, by=cast.heron)
    time_machine.shift(MONTH)
    assert (erase_due(), erase_due()) == (1, 0)
    verbs = Entry.objects.filter(subject=post.ref).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["write", "take back", "erase"]
    assert verify() == []


def test_words_changed_in_the_pause_are_erased_and_the_newest_stay(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, "First")
    time_machine.shift(MINUTE)
    changed(post, cast.heron, "Second")
    time_machine.shift(MONTH)
    erase_due()
    assert texts(post) == ["", "Second"]
    assert fresh(post).text == "Second"


def test_words_that_were_held_stay_in_the_log(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, f"First {HELD}")
    changed(post, cast.heron, "Second")
    take_back(post=post, by=cast.heron)
    time_machine.shift(2 * MONTH)
    erase_due()
    assert texts(post) == [f"First {HELD}", "Second"]
    assert fresh(post).state == "taken_back"


def test_new_words_after_a_release_were_never_held_and_are_erased_alone(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, f"First {HELD}")
    decided(post, "release", cast.wren)
    changed(post, cast.heron, "Second, mine alone")
    take_back(post=post, by=cast.heron)
    with pytest.raises(Http404):
        access_post(cast.wren, post.pk, clock.now())
    time_machine.shift(MONTH)
    erase_due()
    assert texts(post) == [f"First {HELD}", ""]
    assert fresh(post).text == ""


def test_words_that_a_suspension_held_are_not_erased_by_time(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, "First")
    until = clock.now() + timedelta(days=7)
    change_standing(membership=cast.heron, verb="suspend", by="site", suspended_from="board", suspended_until=until)
    change_standing(membership=cast.heron, verb="end_suspension", by="site")
    changed(post, cast.heron, "Second")
    time_machine.shift(MONTH)
    erase_due()
    assert texts(post) == ["First", "Second"]


def test_held_post_taken_back_is_readable_to_the_top_three_for_seventy_two_hours(
    cast: Cast, bring: Callable[..., Post], time_machine: TimeMachineFixture
) -> None:
    post = bring("held", cast.heron, "Somebody should read this")
    says = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/take-back/").content.decode()
    assert "72 hours" in says
    take_back(post=post, by=cast.heron)
    address = f"/c/fellside/moderation/{post.pk}/"
    time_machine.shift(timedelta(hours=72) - MINUTE)
    wren, moss = client_of(cast.wren), client_of(cast.moss)
    assert "Somebody should read this" in wren.get(address).content.decode()
    assert address in wren.get("/c/fellside/moderation/").content.decode()
    assert moss.get(address).status_code == 404
    time_machine.shift(MINUTE)
    assert wren.get(address).status_code == 404
    assert taken_back_lately(cast.wren, clock.now()) == []


def test_post_taken_back_in_its_pause_says_that_nobody_read_it(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("pause", cast.heron)
    says = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/take-back/").content.decode()
    assert "Nobody else has read it. After 30 days it is erased." in says


def test_the_record_commits_to_every_text_until_it_is_erased(cast: Cast) -> None:
    post = start(cast.heron, "First", "Title")
    version = PostVersion.objects.get(post=post)
    entry = Entry.objects.get(subject=post.ref, verb="write")
    assert version.commitment in entry.facts
    assert matches("Title\nFirst", commitment=version.commitment, salt=version.salt)
    assert not matches("Title\nFirst!", commitment=version.commitment, salt=version.salt)
