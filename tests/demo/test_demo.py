"""The demo: two communities with three weeks of life, one person for each state and role, everything on record."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine as times
from django.conf import settings as site
from django.db import transaction
from django.db.models import Count
from pytest_django import DjangoDbBlocker

import clock
import clock.source
from audit.models import Entry
from audit.queries import verify
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.queries import board_page, unanswered
from communities.lifecycle import Kind, Office
from communities.lifecycle import State as Standing
from communities.models import Community, Membership, SelfReferral, TermOfOffice
from communities.services import create_community, join, join_as_new_person
from crisisplans.lifecycle import PlanKind, SuggestionState
from crisisplans.models import Opening, Plan, PlanVersion, ReviewDone, Suggestion
from crisisplans.queries import first_steps_of
from meetings.models import (
    AbsenceCase,
    Group,
    LocalPiece,
    Logbook,
    LogbookProposal,
    Session,
    SessionRole,
    TimePoll,
    Venue,
)
from meetings.models.coming import Coming
from meetings.queries.register import untaken
from meetings.services.absences import follow_up_absences
from moderation.models import PostDecision
from notices.models import Notice
from peernet import demo_guard
from peernet.demo import book
from peernet.demo.fill import fill
from peernet.demo.people import PASSWORD, secret_of, whole_demo
from people.decisions import Refused
from people.models import Person
from people.services import use_second_step

AWAKE = "2026-11-23 14:00:00+00:00"
pytestmark = pytest.mark.time_machine(AWAKE, tick=False)
# What a site keeps beside its database.
BESIDE = ("ERASURE_FILE", "ELECTION_KEYS", "PLAN_KEYS")


@pytest.fixture(scope="module")
def filled_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo, filled before the tests that look at it, in a transaction around theirs; what it keeps in files."""
    folder = tmp_path_factory.mktemp("filled")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock.source, "_source", lambda: datetime.now(UTC))
        patch.setattr(site, "PLAN_RING", lambda: "the-ring-of-the-tests-which-is-long-enough")
        for name in BESIDE:
            patch.setattr(site, name, folder / name)
        with times.travel(AWAKE, tick=False):
            fill(clock.now())
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(filled_once: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> datetime:
    for name in BESIDE:
        monkeypatch.setattr(site, name, filled_once / name)
    return clock.now()


def posts(slug: str) -> Counter[str]:
    return Counter(Post.objects.filter(community__slug=slug).values_list("state", flat=True))


def test_demo_has_each_way_a_post_can_go(demo: datetime) -> None:
    fellside = posts("fellside")
    assert fellside[State.ACCEPTED] > 120
    ways = ("held", "returned", "hidden", "removed", "taken_back")
    assert {way: fellside[way] for way in ways} == dict.fromkeys(ways, 1)
    assert Post.objects.filter(state=State.ACCEPTED, visible_at__gt=demo).count() == 1
    assert PostVersion.objects.filter(number=2).count() >= 3
    assert set(posts("riverside")) == {State.ACCEPTED}


def test_demo_has_somebody_for_each_state_and_role(demo: datetime) -> None:
    fellside = Membership.objects.filter(community__slug="fellside")
    states = set(fellside.filter(kind=Kind.MEMBER).values_list("state", flat=True))
    assert states == set(Standing) - {Standing.DIED}
    assert set(fellside.exclude(suspended_from="").values_list("suspended_from", flat=True)) == {"board", "everything"}
    assert set(TermOfOffice.objects.in_force(demo).values_list("office", flat=True)) == set(Office)
    ended = TermOfOffice.objects.filter(ends_at__lt=demo).values_list("membership__display_name", flat=True)
    assert list(ended) == ["Linden"]
    assert fellside.filter(kind=Kind.STAFF).count() == 2
    assert Person.objects.get(memberships__display_name="Pebble").memberships.count() == 2


def test_demo_is_on_record_and_told(demo: datetime) -> None:
    assert verify() == []
    for post in Post.objects.exclude(state=State.TAKEN_BACK):
        assert Entry.objects.filter(subject=post.ref, verb="write").count() == 1
    assert PostDecision.objects.filter(verb="remove", seconded_by__isnull=False).count() == 1
    held = Post.objects.get(state=State.HELD)
    assert Notice.objects.filter(key__startswith=f"hold:{held.pk}:").exists()


def test_demo_board_shows_life_and_who_waits_for_an_answer(demo: datetime) -> None:
    heron = Membership.objects.get(display_name="Heron")
    assert len(board_page(heron, demo).rows) == 20
    waiting = unanswered(heron, demo)
    assert len(waiting) >= 4
    assert [row.thread.shown_from for row in waiting] == sorted(row.thread.shown_from for row in waiting)


def test_demo_people_sign_in_by_the_ordinary_check(demo: datetime) -> None:
    wren = Person.objects.get(sign_in_name=next(row for row in book.people() if row.key == "wren").sign_in_name)
    assert wren.check_password(PASSWORD)
    said = next(row for row in whole_demo()["people"] if row["key"] == "wren")
    assert said["second_step_secret"] == secret_of(book.people()[0])
    assert use_second_step(person=wren, code=said["code"], now=demo) is not None
    assert use_second_step(person=wren, code=said["code"], now=demo) is None
    assert use_second_step(person=wren, code="000000", now=demo) is None
    assert {row["key"] for row in whole_demo()["people"] if row["code"]} == {
        "wren",
        "ash",
        "juniper",
        "rowan",
        "dale",
        "glen",
        "otter",
        "kestrel",
        "marsh",
    }


def test_demo_is_refused_beside_anybody_real(demo: datetime) -> None:
    assert demo_guard.refusal() == ""
    Person.objects.create_person(sign_in_name="somebody-real-here-10", password=None, created_at=demo)
    assert "beside" in demo_guard.refusal()


def test_somebody_who_tries_joining_the_demo_is_of_the_demo(demo: datetime) -> None:
    (referral,) = SelfReferral.objects.filter(community__slug="riverside", ended_at=None)
    given = {"display_name": "Somebody", "password": "a long enough one", "over_18": True, "source": "here"}
    membership, _new = join_as_new_person(token=referral.token, **given)
    assert membership.person.is_demo
    assert demo_guard.refusal() == ""


def test_demo_people_join_no_community_of_real_people(demo: datetime) -> None:
    founded = create_community(name="Real", preset="service_user_network", founder="a", caretakers=["b"], staff="c")
    with pytest.raises(Refused):
        join(token=founded.open_token, person=Person.objects.filter(is_demo=True)[0], display_name="Wren")


def test_demo_has_plans_in_several_states_and_somebody_without(demo: datetime) -> None:
    crisis = Plan.objects.filter(kind=PlanKind.CRISIS).annotate(saved=Count("versions"))
    saved = {plan.person.memberships.order_by("pk")[0].display_name: plan.saved for plan in crisis}
    assert saved == {"Moss": 1, "Heron": 3, "Fern": 1, "Teal": 1, "Avocet": 1}
    assert Plan.objects.filter(kind=PlanKind.DEVELOPMENT).count() == 2
    now = Opening.objects.open_at(demo)
    # Whoever looks at it the same evening still finds the review going on.
    assert Opening.objects.open_at(demo + timedelta(hours=11)).filter(kind="review").count() == 1
    assert Counter(now.values_list("kind", flat=True)) == {"review": 1, "named": 1, "link": 1}
    assert Suggestion.objects.filter(opening__in=now, state=SuggestionState.WAITING).count() == 1
    assert ReviewDone.objects.get().owner.display_name == "Teal"
    heron = Membership.objects.get(display_name="Heron").person
    assert first_steps_of(heron, demo)[0] == "Sit on the back step."
    sealed = PlanVersion.objects.values_list("sealed", flat=True)
    assert not [text for text in sealed if "back step" in text]


def test_demo_has_groups_with_what_came_of_them(demo: datetime) -> None:
    places = Venue.objects.filter(community__slug="riverside").count()
    assert places == 4
    morning = Group.objects.get(title="Morning group")
    assert {session.starts_at.weekday() for session in morning.sessions.all()} == {1, 4}
    assert morning.sessions.filter(starts_at__lt=demo).count() >= 6
    assert not morning.sessions.planned().filter(ends_at__lt=demo, register=None).exists()
    assert set(Session.objects.values_list("change", flat=True)) >= {"moved", "cancelled"}
    assert Coming.objects.filter(answer="cannot", session__starts_at__gt=demo).exclude(words="").exists()
    assert SessionRole.objects.filter(session__starts_at__gt=demo, how="rota").exists()
    assert set(Logbook.objects.values_list("state", flat=True)) >= {"agreed", "writing"}
    assert LogbookProposal.objects.filter(state="waiting").exists()
    assert TimePoll.objects.open().count() == LocalPiece.objects.shown().values("community").distinct().count() == 2


def test_demo_has_a_letter_that_waits_and_one_that_is_being_written(demo: datetime) -> None:
    letters = AbsenceCase.objects.values_list("membership__display_name", "state")
    assert dict(letters) == {"Linden": "sent", "Rowan": "writing"}
    follow_up_absences()
    assert AbsenceCase.objects.filter(closed_at=None).count() == 2
    assert len(untaken(Community.objects.get(slug="riverside"), demo)) == 1
