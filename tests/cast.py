"""The known cast: everybody of two communities, by name, the same people as in the demo.

`cast.wren` is a membership, `cast.wren.person` who signs in, `cast.fellside` a community. Nobody has hours of duty
until a test says so (`on_duty`), so that no test depends on the time of day it runs at.
"""

from datetime import datetime, time, timedelta
from functools import cache
from importlib import import_module
from typing import NamedTuple, TypeVar

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import update_last_login
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.test import Client

import clock
from communities.lifecycle import Kind, Office, State, SuspendedFrom
from communities.models import Community, Hours, Membership, SelfReferral, TermOfOffice
from communities.names import key as name_key
from people.decisions import Sitting
from people.models import Person

PASSWORD = "seven quiet otters"
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"
FELLSIDE, RIVERSIDE = "fellside", "riverside"
Row = TypeVar("Row", bound=Model)


class Role(NamedTuple):
    """One person of the cast as one line of the table. Days are counted from now."""

    key: str
    community: str
    state: State = State.ACTIVE
    kind: Kind = Kind.MEMBER
    joined: int = -180
    since: int | None = None
    office: Office | None = None
    term: tuple[int, int | None] = (0, None)
    suspended: tuple[SuspendedFrom, int] | None = None
    # The same person as this one of another community.
    same_as: str = ""


ROLES = (
    Role("wren", FELLSIDE, joined=-610, office=Office.TOP_THREE, term=(-75, 105)),
    Role("ash", FELLSIDE, joined=-430, office=Office.TOP_THREE, term=(-75, 105)),
    Role("juniper", FELLSIDE, joined=-290, office=Office.TOP_THREE, term=(-21, 159)),
    Role("rowan", FELLSIDE, joined=-520, office=Office.ALTERNATE, term=(-75, 105)),
    Role("linden", FELLSIDE, joined=-700, office=Office.TOP_THREE, term=(-201, -21)),
    Role("heron", FELLSIDE, joined=-240),
    Role("moss", FELLSIDE, joined=-180),
    Role("fern", FELLSIDE, joined=-365),
    Role("clover", FELLSIDE, joined=-95),
    Role("finch", FELLSIDE, State.PROSPECTIVE, joined=-13),
    Role("hazel", FELLSIDE, State.ON_A_BREAK, joined=-480, since=-8),
    Role("sorrel", FELLSIDE, State.INACTIVE, joined=-210, since=-4),
    Role("bramble", FELLSIDE, State.SUSPENDED, joined=-320, since=-7, suspended=(SuspendedFrom.BOARD, 21)),
    Role("thorn", FELLSIDE, State.SUSPENDED, joined=-150, since=-11, suspended=(SuspendedFrom.EVERYTHING, 79)),
    Role("willow", FELLSIDE, State.LEFT, joined=-560, since=-5),
    Role("dale", FELLSIDE, kind=Kind.STAFF, joined=-710),
    Role("glen", FELLSIDE, kind=Kind.STAFF, joined=-330),
    Role("otter", RIVERSIDE, joined=-21, office=Office.CARETAKER, term=(-21, None)),
    Role("kestrel", RIVERSIDE, joined=-21, office=Office.CARETAKER, term=(-21, None)),
    Role("teal", RIVERSIDE, joined=-19),
    Role("plover", RIVERSIDE, joined=-18),
    Role("pebble", RIVERSIDE, joined=-13, same_as="moss"),
    Role("avocet", RIVERSIDE, State.PROSPECTIVE, joined=-3),
    Role("marsh", RIVERSIDE, kind=Kind.STAFF, joined=-21),
)


class Cast:
    """Everybody by name."""

    fellside: Community
    riverside: Community
    wren: Membership
    ash: Membership
    juniper: Membership
    rowan: Membership
    linden: Membership
    heron: Membership
    moss: Membership
    fern: Membership
    clover: Membership
    finch: Membership
    hazel: Membership
    sorrel: Membership
    bramble: Membership
    thorn: Membership
    willow: Membership
    dale: Membership
    glen: Membership
    otter: Membership
    kestrel: Membership
    teal: Membership
    plover: Membership
    pebble: Membership
    avocet: Membership
    marsh: Membership
    # A person who signed up and belongs nowhere.
    stranger: Person

    def __getitem__(self, key: str) -> Membership:
        return getattr(self, key)

    @property
    def everybody(self) -> dict[str, Membership]:
        """Every membership by its name."""
        return {role.key: self[role.key] for role in ROLES}


@cache
def hashed_password(hasher: str) -> str:
    """The cast's one password, hashed once a run for each hasher."""
    return make_password(PASSWORD)


def stored(rows: list[Row]) -> list[Row]:
    """Put new rows of one model into the database: what `bulk_create` does, for half of what it costs.

    Nearly every test begins with the cast, thousands of times in a run.
    """
    meta, here = type(rows[0])._meta, connections[DEFAULT_DB_ALIAS]
    quote = here.ops.quote_name
    given = [field for field in meta.concrete_fields if field not in meta.db_returning_fields]
    names = ", ".join(quote(field.column) for field in given)
    back = ", ".join(quote(field.column) for field in meta.db_returning_fields)
    places = ", ".join(["(" + ", ".join(["%s"] * len(given)) + ")"] * len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for row in rows for field in given]
    with here.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES {places} RETURNING {back}", values)
        for row, made in zip(rows, cursor.fetchall(), strict=True):
            for field, value in zip(meta.db_returning_fields, made, strict=True):
                setattr(row, field.attname, field.to_python(value))
            row._state.adding, row._state.db = False, here.alias
    return rows


def make_people(keys: list[str], now: datetime) -> dict[str, Person]:
    """People with the cast's password, in one query; the sign-in name of "wren" is "wren-of-the-cast-10"."""
    rows = [
        Person(
            sign_in_name=f"{key}-of-the-cast-10",
            password=hashed_password(settings.PASSWORD_HASHERS[0]),
            created_at=now - timedelta(days=900),
            over_18_at=now - timedelta(days=900),
        )
        for key in keys
    ]
    return dict(zip(keys, stored(rows), strict=True))


def make_communities(now: datetime) -> dict[str, Community]:
    rows = [
        Community(
            slug=FELLSIDE,
            name="Fellside Day Community",
            about="A day community in the hills. We meet four days a week and write on the board in between.",
            preset="day_community",
            nation="england",
            created_at=now - timedelta(days=720),
        ),
        Community(
            slug=RIVERSIDE,
            name="Riverside Network",
            about="A network of groups along the river. If you think you need to come, come.",
            preset="service_user_network",
            nation="england",
            created_at=now - timedelta(days=21),
        ),
    ]
    made = stored(rows)
    stored([SelfReferral(community=one, token=f"open-link-of-{one.slug}", since=now) for one in made])
    return {community.slug: community for community in made}


def make_membership(role: Role, community: Community, person: Person, now: datetime) -> Membership:
    """One membership as its line of the table has it, not stored yet."""
    joined = now + timedelta(days=role.joined)
    suspended_from, days = role.suspended or ("", 0)
    return Membership(
        community=community,
        person=person,
        kind=role.kind,
        state=role.state,
        display_name=role.key.capitalize(),
        name_key=name_key(role.key),
        suspended_from=suspended_from,
        suspended_until=now + timedelta(days=days) if days else None,
        joined_at=joined,
        state_since=now + timedelta(days=role.since) if role.since else joined,
        welcomed_at=joined,
    )


def make_cast(now: datetime) -> Cast:
    """Store the whole cast; six queries."""
    people = make_people([role.key for role in ROLES if not role.same_as] + ["stranger"], now)
    communities = make_communities(now)
    rows = [make_membership(r, communities[r.community], people[r.same_as or r.key], now) for r in ROLES]
    cast = Cast()
    for role, membership in zip(ROLES, stored(rows), strict=True):
        setattr(cast, role.key, membership)
    stored(
        [
            TermOfOffice(
                membership=cast[role.key],
                office=role.office,
                starts_at=now + timedelta(days=role.term[0]),
                ends_at=None if role.term[1] is None else now + timedelta(days=role.term[1]),
            )
            for role in ROLES
            if role.office
        ]
    )
    cast.fellside, cast.riverside = communities[FELLSIDE], communities[RIVERSIDE]
    cast.stranger = people["stranger"]
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The known cast, in this test's database (with `transactional_db` or `django_db(transaction=True)` too)."""
    return make_cast(clock.now())


def sitting_now(membership: Membership, at: datetime | None = None) -> Membership:
    """The same membership, sitting with its second step given now (or `at`); how officers and staff come to act."""
    membership.sitting = Sitting(second_factor_at=at or clock.now())
    return membership


def client_of(
    who: Membership | Person, *, second_factor: bool = True, at: datetime | None = None, csrf: bool = False
) -> Client:
    """A client signed in as this person, whose sitting has its second step given now (or `at`), or not at all.

    Django's own `force_login` and three saves more come to the same, for four times as many questions.
    """
    person = who.person if isinstance(who, Membership) else who
    given = (at or clock.now()).timestamp()
    methods = [{"method": "password", "at": given}]
    if second_factor:
        methods.append({"method": "mfa", "type": "totp", "at": given})
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), ALLAUTH
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = methods
    session.create()
    update_last_login(None, person)
    client = Client(enforce_csrf_checks=csrf)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def on_duty(membership: Membership, *days: int, starts: time = time(0), ends: time = time(0)) -> None:
    """Give them weekly hours (staff: cover hours): all day every day, or these days (0 Monday) from and to."""
    what = Hours.What.COVER if membership.is_staff else Hours.What.DUTY
    Hours.objects.bulk_create(
        Hours(membership=membership, what=what, weekday=day, starts=starts, ends=ends) for day in days or range(7)
    )
