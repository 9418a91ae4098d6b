"""The whole of section 4.5 as a table: every role and state against a plan of somebody else's (safety checks, 1.1).

That no other address of the site shows a word of it to anybody: tests/access/test_table.py.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

import clock
from boards.live.sockets import NO_RIGHT, SIGNED_OUT
from communities.models import Membership
from crisisplans.models import Look, Opening, OpeningReader, Plan
from crisisplans.policies import may_read
from peernet import access
from people.models import Person
from tests.cast import Cast, client_of, sitting_now
from tests.crisisplans.opened_everywhere import PARTS, READ_BY, SECRET, marked_plan, opened_in_every_way
from tests.crisisplans.opening import opened
from tests.live.knocking import Open, sit_down
from tests.live.test_access import NOBODYS
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return marked_plan(cast)


def reading_pages(slug: str, opening: Opening) -> list[str]:
    """Every address below which anything of an opening lies."""
    at = f"/c/{slug}/plans/{opening.pk}/"
    return [at, f"{at}suggest/well/", f"{at}done/", f"{at}step-back/"]


@pytest.mark.parametrize("own_slug", [True, False], ids=["own community", "fellside"])
def test_of_everybody_only_those_who_were_named_read_and_only_what_is_theirs(
    cast: Cast, plan: Plan, own_slug: bool
) -> None:
    openings = opened_in_every_way(cast, plan)
    read: set[tuple[str, int]] = set()
    for key, member in cast.everybody.items():
        client = client_of(member)
        slug = member.community.slug if own_slug else "fellside"
        for number, opening in enumerate(openings):
            answer = client.get(f"/c/{slug}/plans/{opening.pk}/")
            assert answer.status_code in {200, 404}
            if SECRET in answer.content.decode():
                read.add((key, number))
    expected = set(READ_BY.items())
    # Moss is Pebble: one person, two communities, and the plan was opened in one of them.
    assert read == (expected if own_slug else expected | {("pebble", 2)})
    assert Look.objects.count() == len(read)


def test_a_row_alone_lets_nobody_read_who_is_not_here_and_active(cast: Cast, plan: Plan) -> None:
    opening = opened(cast.heron, cast.fern, parts=PARTS, plan=plan)
    others = [member for key, member in cast.everybody.items() if key != "fern"]
    OpeningReader.objects.bulk_create(OpeningReader(opening=opening, membership=member) for member in others)
    read = {
        key
        for key, member in cast.everybody.items()
        if SECRET in client_of(member).get(f"/c/{member.community.slug}/plans/{opening.pk}/").content.decode()
    }
    here = {"wren", "ash", "juniper", "rowan", "linden", "moss", "fern", "clover", "dale", "glen"}
    assert read == here
    now = clock.now()
    may = {key for key, member in cast.everybody.items() if may_read(sitting_now(member), opening, now)}
    assert may == here


def test_signed_out_nobody_reads_and_no_socket_opens(cast: Cast, plan: Plan) -> None:
    for opening in opened_in_every_way(cast, plan):
        for path in reading_pages("fellside", opening):
            answer = Client().get(path)
            assert (answer.status_code in {302, 405}, SECRET in answer.content.decode()) == (True, False)
        assert Open(NOBODYS, "opening", "fellside", opening=opening.pk).refused == SIGNED_OUT


def test_sockets_open_for_the_same_people_alone(cast: Cast, plan: Plan) -> None:
    openings = opened_in_every_way(cast, plan)
    tried = ["clover", "juniper", "fern", "moss", "wren", "ash", "rowan", "heron", "dale", "finch", "hazel", "thorn"]
    for key in tried:
        refused = [Open(sit_down(cast[key]), "opening", "fellside", opening=one.pk).refused for one in openings]
        assert refused == [None if READ_BY.get(key) == number else NO_RIGHT for number in range(len(openings))], key
    assert Open(sit_down(cast.teal), "opening", "riverside", opening=openings[1].pk).refused == NO_RIGHT
    assert Open(sit_down(cast.fern), "opening", "fellside", opening=2**70).refused == NO_RIGHT


def test_owner_reads_the_plan_on_their_own_pages_not_as_a_reader(cast: Cast, plan: Plan) -> None:
    opening = opened(cast.heron, cast.fern, parts=PARTS, plan=plan)
    assert client_of(cast.heron).get(f"/c/fellside/plans/{opening.pk}/").status_code == 404
    assert SECRET in client_of(cast.heron).get("/my-plan/").content.decode()


def test_numbers_of_openings_that_are_none_are_missing_like_the_others(cast: Cast, plan: Plan) -> None:
    opening = opened(cast.heron, cast.fern, parts=PARTS, plan=plan)
    moss = client_of(cast.moss)
    real, none = (moss.get(f"/c/fellside/plans/{pk}/") for pk in (opening.pk, 999_999))
    assert (real.status_code, none.status_code) == (404, 404)
    assert moss.get(f"/c/fellside/plans/{2**70}/").status_code == 404


def test_other_peoples_openings_suggestions_and_links_are_missing_on_the_owners_pages(cast: Cast, plan: Plan) -> None:
    openings = opened_in_every_way(cast, plan)
    for thief in (cast.moss, cast.wren, cast.dale, cast.teal):
        client = client_of(thief)
        for opening in openings:
            assert client.post(f"/my-plan/sharing/{opening.pk}/end/").status_code == 404
        assert client.get(f"/my-plan/sharing/suggestions/{openings[1].pk}/").status_code == 404
    assert not Opening.objects.exclude(closed_at=None).exists()


def test_there_is_no_superuser_no_admin_and_no_door_for_an_operator() -> None:
    fields = {field.name for field in Person._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "user_permissions", "groups"}
    assert not apps.is_installed("django.contrib.admin")
    assert not [name for name in settings.INSTALLED_APPS if "admin" in name]
    readers = {name for name, row in access.table().items() if name.startswith("crisisplans:") and not row.own}
    assert reverse("crisisplans:sharing") == "/my-plan/sharing/"
    assert not {name for name in readers if "all" in name.split(":")[1].split("_")}


def test_a_closed_person_of_a_reader_reads_nothing(cast: Cast, plan: Plan) -> None:
    opening = opened(cast.heron, cast.fern, parts=PARTS, plan=plan)
    Person.objects.filter(pk=cast.fern.person_id).update(is_active=False)
    assert not may_read(Membership.objects.get(pk=cast.fern.pk), opening, clock.now())
