"""Filling the demo: three weeks lived through the same services that members use, event by event, in order of time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from audit.services import record
from boards.services import mark_all_read, mute_word
from boards.tally import tally_due
from clock.source import telling
from communities.lifecycle import Kind, Office, State
from communities.models import Community, Membership, StateSince
from communities.names import key as name_key
from communities.services import create_community, set_hours, start_term
from moderation.services import change_standing, follow_up_holds
from notices.services import mark_all_seen
from peernet.demo import (
    book,
    group_words,
    groups,
    meetings,
    motions,
    objections,
    plans,
    seats,
    sharing,
    staff,
    standing,
)
from peernet.demo.people import PASSWORD, secret_of
from peernet.demo.story import Story
from people.models import Person
from people.services import give_demo_second_factor

SLUGS = ("fellside", "riverside")
VERBS = {"on_a_break": "begin_break", "inactive": "make_inactive", "left": "leave"}
OFFICES = {"top_three": Office.TOP_THREE, "former_top_three": Office.TOP_THREE, "alternate": Office.ALTERNATE}
# What was written since is new to everybody of the demo.
READ_UP_TO = timedelta(hours=12)
MUTES_A_WORD = {"Clover": "assessment"}


class Event(NamedTuple):
    """Something that happens at its time."""

    at: datetime
    order: int
    act: Callable[[], Any]


@transaction.atomic
def fill(start: datetime) -> None:
    """Fill an empty site with the demo, whose "now" is `start`. Called by `peernet run` and the tests; about 10 s."""
    people = _make_people(start)
    for slug in SLUGS:
        _fill_community(slug, people, start)
    for person in people.values():
        mark_all_seen(person=person, now=start - timedelta(hours=12))


def _make_people(start: datetime) -> dict[str, Person]:
    hashed = make_password(PASSWORD)
    made: dict[str, Person] = {}
    for row in book.people():
        joined = book.day(row.table["joined"], start)
        person = Person.objects.create(
            sign_in_name=row.sign_in_name,
            password=hashed,
            is_demo=True,
            nation="england",
            created_at=joined,
            over_18_at=joined,
        )
        if row.has_second_step:
            give_demo_second_factor(person=person, secret=secret_of(row))
        made[row.key] = person
    return made


def _fill_community(slug: str, people: dict[str, Person], start: datetime) -> None:
    about = book.community(slug)["community"]
    first = min(book.day(row.table["joined"], start) for row in book.people() if row.community == slug)
    with telling(first - timedelta(days=1)):
        community = create_community(
            name=about["name"],
            slug=slug,
            preset=about["preset"],
            nation=about["nation"],
            about=about["about"],
            founder="first",
            caretakers=["second"],
            staff="staff",
            is_demo=True,
            chosen_rules=seats.RULES.get(slug),
        ).community
        # Everybody of the demo has come in already.
        community.invitations.update(withdrawn_at=first)
    members = dict(_seat_everybody(community, people, start))
    events = [*_standings(slug, members, start), *Story(community, members, start).events()]
    events += meetings.events(slug, members, start)
    events += groups.events(slug, members, start)
    events += group_words.events(slug, members, start)
    events += motions.events(slug, members, start)
    events += objections.events(slug, members, start)
    events += plans.events(slug, members, start)
    events += seats.events(slug, members, start)
    events += sharing.events(slug, members, start)
    events += standing.events(slug, members, start)
    events += staff.events(slug, members, start)
    for at, _order, act in sorted(events, key=lambda event: event[:2]):
        if at <= start:
            with telling(at):
                act()
    with telling(start - READ_UP_TO):
        for member in Membership.objects.filter(community=community, kind=Kind.MEMBER, state=State.ACTIVE):
            mark_all_read(by=member)
            if member.display_name in MUTES_A_WORD:
                mute_word(by=member, word=MUTES_A_WORD[member.display_name])
    with telling(start):
        tally_due()
        follow_up_holds()


def _seat_everybody(
    community: Community, people: dict[str, Person], start: datetime
) -> Iterator[tuple[str, Membership]]:
    for row in book.people():
        places = [(row.key, row.community, row.display_name, row.table["joined"])]
        if also := row.table.get("also"):
            places.append(
                (also["key"], also["community"], also["display_name"], also.get("joined", row.table["joined"]))
            )
        for key, slug, name, joined in places:
            if slug == community.slug:
                yield key, _seat(community, people[row.key], row, name, book.day(joined, start))


def _seat(community: Community, person: Person, row: book.DemoPerson, name: str, joined: datetime) -> Membership:
    waiting = row.table["state"] == "prospective"
    member = Membership.objects.create(
        community=community,
        person=person,
        kind=Kind.STAFF if row.is_staff else Kind.MEMBER,
        state=State.PROSPECTIVE if waiting else State.ACTIVE,
        display_name=name,
        name_key=name_key(name),
        joined_at=joined,
        state_since=joined,
        welcomed_at=joined,
    )
    StateSince.objects.create(membership=member, state=member.state, since=joined)
    facts = {"way": "staff" if row.is_staff else "member", "by": row.table.get("way_in", "invitation")}
    record(chain=community.chain, verb="join", actor=member.ref, subject=member.ref, at=joined, facts=facts)
    return member


def _standings(slug: str, members: dict[str, Membership], start: datetime) -> Iterator[Event]:
    """Terms, hours, and the steps that lead members to where they stand now."""
    for row in book.people():
        if row.community != slug:
            continue
        member, table = members[row.key], row.table
        for role in row.roles:
            office = OFFICES.get(role) or (Office.CARETAKER if role == "caretaker" else None)
            if office and not table.get("elected"):
                term = table.get("term", {"from": table["joined"]})
                yield Event(book.day(term["from"], start), 0, _term(member, office, term, start))
        hours = table.get("duty") or table.get("cover")
        if hours and "former_top_three" not in row.roles:
            yield Event(start - timedelta(days=20), 1, _hours(member, hours))
        if table["state"] in {*VERBS, "suspended"}:
            yield Event(book.day(table["state_since"], start), 2, _step(member, table, start))


def _term(member: Membership, office: Office, term: dict[str, str], start: datetime) -> Callable[[], Any]:
    ends_at = book.day(term["to"], start) if "to" in term else None
    return lambda: start_term(membership=member, office=office, by="site", ends_at=ends_at)


def _hours(member: Membership, rows: list[dict[str, str]]) -> Callable[[], Any]:
    return lambda: set_hours(by=member, stretches=book.stretches(rows))


def _step(member: Membership, table: dict[str, Any], start: datetime) -> Callable[[], Any]:
    if table["state"] == "suspended":
        return standing.suspension(member, table, book.day(table["state_until"], start))
    return lambda: change_standing(
        membership=member,
        verb=VERBS[table["state"]],
        by=member.ref if table["state"] in {"on_a_break", "left"} else "site",
    )
