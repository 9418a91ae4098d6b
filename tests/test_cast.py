import tomllib
from pathlib import Path

import pytest

import clock
from communities.models import Membership
from communities.queries import officers
from people.decisions import Sitting
from tests.cast import PASSWORD, ROLES, Cast, client_of, make_cast, on_duty, sitting_now

DEMO = Path(__file__).parent.parent / "peernet" / "demo" / "people.toml"


def demo_people() -> dict[str, dict]:
    rows = tomllib.loads(DEMO.read_text())["person"]
    return {row["key"]: row for row in rows + [row["also"] for row in rows if "also" in row]}


def test_cast_and_demo_have_the_same_names_and_roles() -> None:
    demo = demo_people()
    assert {role.key for role in ROLES} == set(demo)
    for role in ROLES:
        row = demo[role.key]
        assert (role.community, role.kind, role.state) == (row["community"], row["kind"], row["state"]), role.key
        assert (role.suspended[0] if role.suspended else "") == row.get("suspended_from", ""), role.key


def test_cast_offices_in_force_are_the_demos(cast: Cast) -> None:
    now = clock.now()
    held = {term.membership.display_name.lower(): term.office for term in officers(cast.fellside, now)}
    held |= {term.membership.display_name.lower(): term.office for term in officers(cast.riverside, now)}
    offices = {"top_three", "alternate", "caretaker"}
    demo = {key: office for key, row in demo_people().items() for office in row["roles"] if office in offices}
    assert held == demo


def test_cast_is_stored_in_few_queries(db: None, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9):
        make_cast(clock.now())


def test_moss_and_pebble_are_one_person(cast: Cast) -> None:
    assert cast.moss.person_id == cast.pebble.person_id


def test_sitting_now_and_on_duty_prepare_an_officer(cast: Cast) -> None:
    assert cast.wren.sitting == Sitting()
    assert sitting_now(cast.wren).sitting.second_factor_at
    on_duty(cast.wren)
    assert cast.wren.hours.count() == 7
    assert Membership.objects.filter(hours__isnull=False).distinct().count() == 1


@pytest.mark.parametrize("second_factor", [True, False])
def test_client_of_is_signed_in(cast: Cast, second_factor: bool) -> None:
    client = client_of(cast.wren, second_factor=second_factor)
    assert client.session["_auth_user_id"] == str(cast.wren.person_id)
    methods = [record["method"] for record in client.session["account_authentication_methods"]]
    assert ("mfa" in methods) is second_factor


def test_cast_password_is_its_own(cast: Cast) -> None:
    assert cast.heron.person.check_password(PASSWORD)
