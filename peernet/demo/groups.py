"""The demo's groups: where they meet, who came these last weeks, who sent word, whose turn it is, and what changed."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import clock
from clock.london import day_of, first_moment
from communities.models import Membership
from meetings.models import Group, Session, Venue
from meetings.recurrence import Often
from meetings.said import GroupSaid, Moved, SessionSaid, VenueSaid
from meetings.services import add_session, add_venue, cancel_session, lay_out_all, move_session, start_group
from meetings.services.away import Days, say_away
from meetings.services.coming import say_coming
from meetings.services.order import say_topic
from meetings.services.register import take_register
from meetings.services.rota import share_out_turns
from meetings.services.turns import choose_turns
from people.decisions import Sitting

HERE = Path(__file__).parent
Members = dict[str, Membership]
Happening = tuple[datetime, int, Callable[[], Any]]
STAFF = {"fellside": "dale", "riverside": "marsh"}
# Since when the groups are on the timetable, in days.
BEGAN = {"fellside": 25, "riverside": 20}
# Two whom the others have not seen for some days: each has a letter (peernet/demo/letters.py).
NOT_SEEN, NOT_SEEN_FOR = {"linden", "rowan"}, timedelta(days=14)
SENDS_WORD = {"fern": (9, "apology"), "clover": (16, "ill")}
TURNS = {
    "fellside": {"wren": "chair secretary", "moss": "secretary", "heron": "chair housekeeper", "juniper": "chair"},
    "riverside": {"otter": "chair", "teal": "secretary", "kestrel": "housekeeper"},
}
# Which group has its next session moved, and which the one after the next called off.
CHANGED = {"fellside": ("cooking", "mending"), "riverside": ("thornlea", "marlwick")}
# Its last register nobody has taken yet.
UNTAKEN = "marlwick"


@cache
def written() -> dict[str, Any]:
    """The file with everything of groups."""
    return tomllib.loads((HERE / "groups.toml").read_text())


def of(slug: str, what: str) -> list[dict[str, Any]]:
    """The tables of one community."""
    return [row for row in written()[what] if row["community"] == slug]


def acting(member: Membership) -> Membership:
    """The same with the second step given now."""
    member.sitting = Sitting(second_factor_at=clock.now())
    return member


def key_of(*words: str) -> Any:
    """A form's key that is the same on every machine."""
    return uuid5(NAMESPACE_URL, " ".join(words))


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What happened around groups in one community, in no order."""
    began = start - timedelta(days=BEGAN[slug])
    yield began, 40, partial(_timetable, slug, members)
    yield began + timedelta(hours=1), 41, partial(_turns, slug, members)
    yield start - timedelta(days=5), 41, partial(_turns, slug, members)
    for row in of(slug, "group"):
        for day in _days(row, began, start):
            ends = first_moment(day, time.fromisoformat(row["starts"])) + timedelta(minutes=row["minutes"])
            yield ends + timedelta(minutes=10), 42, partial(_register, slug, row, day, members, start)
    yield start - timedelta(hours=14), 44, partial(_changes, slug, members)
    yield start - timedelta(hours=10), 45, partial(_coming, slug, members)


def _days(row: dict[str, Any], began: datetime, start: datetime) -> Iterator[date]:
    """The days after that one on which it may have met; whether it did, its sessions say."""
    if not row.get("counts"):
        return
    for ahead in range(1, (day_of(start) - day_of(began)).days + 1):
        day = day_of(began) + timedelta(days=ahead)
        if day.weekday() in row["weekdays"]:
            yield day


def _timetable(slug: str, members: Members) -> None:
    keeps = acting(members[STAFF[slug]])
    for row in of(slug, "venue"):
        add_venue(by=keeps, said=VenueSaid(**{name: text for name, text in row.items() if name != "community"}))
    for row in of(slug, "group"):
        by = members[row["led_by"]] if "led_by" in row else keeps
        start_group(by=by, said=_said(row, members), form_key=key_of(slug, row["key"]))


def _said(row: dict[str, Any], members: Members) -> GroupSaid:
    venue = Venue.objects.filter(community=next(iter(members.values())).community, name=row.get("venue", "")).first()
    return GroupSaid(
        title=row["title"],
        often=Often(row["often"], tuple(row["weekdays"]), row.get("nth", 0)),
        first_day=day_of(clock.now()) + timedelta(days=1),
        starts=time.fromisoformat(row["starts"]),
        minutes=row["minutes"],
        about=row["about"],
        kind=row.get("kind", "group"),
        counts=row.get("counts", False),
        venue=venue,
        link=row.get("link", ""),
        room=row.get("room"),
        facilitator=members[row["facilitator"]] if "facilitator" in row else None,
        member_led="led_by" in row,
    )


def _turns(slug: str, members: Members) -> None:
    for key, roles in TURNS[slug].items():
        choose_turns(by=members[key], roles=frozenset(roles.split()))
    share_out_turns(members[STAFF[slug]].community)


def group_of(slug: str, row: dict[str, Any]) -> Group:
    """A group by its line of the file."""
    return Group.objects.get(form_key=key_of(slug, row["key"]))


def _register(slug: str, row: dict[str, Any], day: date, members: Members, start: datetime) -> None:
    session = Session.objects.filter(group=group_of(slug, row), slot=day).planned().first()
    if session is None or (row["key"] == UNTAKEN and not _came_another(session, start)):
        return
    back = start - session.starts_at
    marks = {member.pk: _was(key, back) for key, member in members.items() if _is_on_it(member, session)}
    take_register(session=session, by=acting(members[STAFF[slug]]), marks=marks, guests=1 if day.day % 3 == 0 else 0)


def _came_another(session: Session, start: datetime) -> bool:
    """Whether its group has met again before the demo's "now"."""
    later = Session.objects.planned().filter(group=session.group, starts_at__gt=session.starts_at)
    return later.filter(ends_at__lte=start).exists()


def _is_on_it(member: Membership, session: Session) -> bool:
    there = Membership.objects.get(pk=member.pk)
    return there.state == "active" and not there.is_staff and there.joined_at <= session.starts_at


def _was(key: str, back: timedelta) -> str:
    if key in NOT_SEEN and back < NOT_SEEN_FOR:
        return "not_here"
    days, why = SENDS_WORD.get(key, (0, ""))
    return why if why and timedelta(days=days - 4) < back <= timedelta(days=days) else "here"


def _ahead(slug: str, key: str) -> list[Session]:
    """The sessions of a group that take place still."""
    row = next(one for one in of(slug, "group") if one["key"] == key)
    return list(group_of(slug, row).sessions.planned().filter(starts_at__gt=clock.now()).order_by("starts_at")[:3])


def _changes(slug: str, members: Members) -> None:
    """One moved, one called off, one that happens once."""
    keeps, (moved, gone) = acting(members[STAFF[slug]]), CHANGED[slug]
    lay_out_all()
    session = _ahead(slug, moved)[0]
    later = Moved(session.starts_at + timedelta(hours=1), 75, venue=session.venue, why="The bus comes later that day.")
    move_session(session=session, by=keeps, said=later, seen=session.sequence)
    cancel_session(session=_ahead(slug, gone)[1], by=keeps, why="The room is needed for something else that day.")
    at = first_moment(day_of(clock.now()) + timedelta(days=9), time(14))
    said = SessionSaid("Visit to the allotments", at, 120, place="Meet at the gate, we walk together.", room=6)
    add_session(by=keeps, said=said, form_key=key_of(slug, "allotments"))


def _coming(slug: str, members: Members) -> None:
    """What they say about the next ones; one sends apologies with words, one is away for a week."""
    keeps, key = acting(members[STAFF[slug]]), {"fellside": "morning"}.get(slug, "marlwick")
    for session in _ahead(slug, key)[:2]:
        for who in ("wren", "moss", "juniper", "otter", "kestrel", "teal"):
            if who in members:
                say_coming(session=session, by=members[who], answer="coming")
    session = _ahead(slug, key)[0]
    sorry = members["heron" if slug == "fellside" else "plover"]
    say_coming(session=session, by=sorry, answer="cannot", words="The bus has stopped. I will be there next time.")
    say_topic(session=session, by=keeps, words="What helps when a day begins badly")
    today = day_of(clock.now())
    away = members["clover" if slug == "fellside" else "pebble"]
    say_away(by=away, kind="away", days=Days(today + timedelta(days=10), today + timedelta(days=17)))
