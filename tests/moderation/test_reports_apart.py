"""Whoever is kept apart from one of the two reads no report of theirs, and no page says why (domain, section 8)."""

import pytest

import clock
from communities.models import KeepApart, Membership
from communities.queries import offices_in
from moderation.lifecycle import Readers
from moderation.queries import reported as waiting_for
from moderation.readers import is_among, will_read
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of, on_duty
from tests.communities.test_keep_apart import kept
from tests.moderation.reporting import answered, now_of, reported, reported_person
from tests.steps import NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]

C = "/c/fellside/"
WORDS = "CanaryOfReport waits at my door"
# Who asked to be kept apart from whom: from the reporter (fern) or from the one it is about (moss), either way round.
APART = [("fern", "juniper"), ("juniper", "fern"), ("moss", "juniper"), ("juniper", "moss")]


def sees(member: Membership) -> int:
    return len(waiting_for(member, offices_in(member.community_id, clock.now())))


@pytest.mark.parametrize(("asker", "other"), APART)
def test_somebody_kept_apart_from_one_of_the_two_reads_nothing_of_a_report(cast: Cast, asker: str, other: str) -> None:
    on_duty(cast.juniper, 2)
    kept(cast, asker, other)
    report = reported_person(cast.moss, cast.fern, words=WORDS)
    assert (sees(cast.juniper), sees(cast.ash)) == (0, 1)
    client = client_of(cast.juniper)
    assert client.get(f"{C}moderation/reports/{report.pk}/").status_code == 404
    assert "CanaryOfReport" not in client.get(f"{C}moderation/").content.decode()
    assert not Notice.objects.filter(person=cast.juniper.person, kind="report").exists()
    with pytest.raises(Refused):
        answered(report, cast.juniper)
    answered(report, cast.ash)
    assert now_of(report).decided_by == cast.ash


def test_a_post_that_is_decided_on_shows_no_report_by_somebody_one_is_kept_apart_from(cast: Cast) -> None:
    kept(cast, "fern", "juniper")
    post = start(cast.moss)
    post.__class__.objects.filter(pk=post.pk).update(visible_at=clock.now())
    post.thread.__class__.objects.filter(pk=post.thread_id).update(shown_from=clock.now())
    reported(post, cast.fern, words=WORDS)
    path = f"{C}moderation/{post.pk}/"
    assert "CanaryOfReport" not in client_of(cast.juniper).get(path).content.decode()
    assert "CanaryOfReport" in client_of(cast.ash).get(path).content.decode()


def test_where_all_who_decide_are_kept_apart_it_goes_to_the_alternates(cast: Cast) -> None:
    for other in ("wren", "ash", "juniper"):
        kept_by_staff(cast, other)
    reading, named = will_read(offices_in(cast.fern.community_id, clock.now()), about=cast.moss.pk, by=cast.fern.pk)
    assert reading.readers == named.readers == Readers.ALTERNATES
    report = reported_person(cast.moss, cast.fern, words=WORDS, read_by=str(Readers.ALTERNATES))
    assert [sees(cast[key]) for key in ("wren", "ash", "juniper", "rowan")] == [0, 0, 0, 1]
    assert not is_among(cast.dale, reading, report)


def kept_by_staff(cast: Cast, other: str) -> None:
    now = clock.now()
    KeepApart.objects.create(
        community=cast.fern.community,
        asker=cast.fern,
        other=cast[other],
        begun_by=cast.fern,
        state="in_force",
        asked_at=now,
        since=now,
    )


@pytest.mark.parametrize(("asker", "named"), [("fern", False), ("juniper", True)])
def test_the_form_leaves_out_only_whom_the_reporter_asked_to_be_kept_apart_from(
    cast: Cast, asker: str, named: bool
) -> None:
    kept(cast, asker, "juniper" if asker == "fern" else "fern")
    page = client_of(cast.fern).get(f"{C}report/person/{cast.moss.pk}/").content.decode()
    line = page[page.index("Those who look after the board, now:") :][:200]
    assert ("Juniper" in line) is named
    assert "Ash" in line
