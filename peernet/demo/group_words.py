"""What the demo's groups write: records of sessions, letters to two who were not seen, local life, polls of times."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import clock
from clock.london import day_of, first_moment
from meetings.models import AbsenceCase, Logbook, Session
from meetings.poll_times import spread
from meetings.queries.polls import times_of
from meetings.services.absences import follow_up
from meetings.services.agreeing import agree, read_out
from meetings.services.letters import agree_letter, write_letter
from meetings.services.local import LocalWords, add_piece
from meetings.services.logbook import add_part, propose_change
from meetings.services.polls import PollSaid, ask_times, mark_times
from peernet.demo.groups import STAFF, Happening, Members, acting, group_of, key_of, of, written

# The group whose sessions have a record.
KEEPS_A_LOGBOOK = {"fellside": "morning", "riverside": "marlwick"}
SUITS = {"w": "well", "i": "if_need_be"}
LETTER = (
    "We have not seen you for a while, and we think of you on Tuesdays and Fridays. Nobody is cross. "
    "There is a place in the circle, and somebody can come to the green and walk in with you."
)


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What was written around groups in one community, in no order; after what `groups` brings."""
    for number, row in enumerate(of(slug, "local")):
        yield start - timedelta(days=18 - number), 50, partial(_local, slug, members, row)
    for row in of(slug, "poll"):
        yield start - timedelta(hours=30), 50, partial(_poll, slug, members, row)
    [row] = [one for one in of(slug, "group") if one["key"] == KEEPS_A_LOGBOOK[slug]]
    for back in range(16, -1, -1):
        day = day_of(start) - timedelta(days=back)
        if day.weekday() in row["weekdays"]:
            begins = first_moment(day, time.fromisoformat(row["starts"]))
            # The one is read as the other is begun: there is never an hour in which no record is being written.
            yield begins + timedelta(minutes=5), 51, partial(_read, slug, row, day, members)
            yield begins + timedelta(minutes=5), 52, partial(_write, slug, row, day, members)
    # After all else: a record for which somebody would like a change is agreed by nobody.
    yield start, 54, partial(_one_waits, slug, members)
    if slug == "fellside":
        yield start - timedelta(hours=40), 53, partial(_letters, members)


def _local(slug: str, members: Members, row: dict[str, Any]) -> None:
    says = LocalWords(row["title"], row["words"], row.get("phone", ""), row.get("web", ""), row.get("times", ""))
    add_piece(by=members[row["by"]], kind=row["kind"], says=says, form_key=key_of(slug, row["title"]))


def _poll(slug: str, members: Members, row: dict[str, Any]) -> None:
    said = PollSaid(row["title"], row["minutes"], row["often"], row["words"], row.get("place", ""))
    hours = [time.fromisoformat(hour) for hour in row["hours"]]
    times = spread(row["weekdays"], hours, weeks=row["weeks"], today=day_of(clock.now()))
    poll = ask_times(by=members[row["by"]], said=said, times=times, form_key=key_of(slug, row["title"]))
    asked = times_of(poll)
    for who, letters in row["answers"].items():
        marks = {one.pk: SUITS[letter] for one, letter in zip(asked, letters, strict=False)}
        mark_times(poll=poll, by=members[who], marks=marks)


def _write(slug: str, row: dict[str, Any], day: date, members: Members) -> None:
    """The record of a session, written as it goes on."""
    session = _session(slug, row, day)
    if session is None:
        return
    keeps = acting(members[STAFF[slug]])
    rows = written()["logbook"]
    words = rows[session.pk % len(rows)]
    for heading in ("did", "agreed", "next"):
        key = key_of(slug, str(day), heading)
        add_part(session=session, by=keeps, heading=heading, words=words[heading], form_key=key)


def _read(slug: str, row: dict[str, Any], day: date, members: Members) -> None:
    """The record before is read out as the session begins, and agreed."""
    session = _session(slug, row, day)
    before = Logbook.objects.filter(session__group=group_of(slug, row)).order_by("-session__starts_at").first()
    if session is None or before is None or before.session.pk == session.pk:
        return
    read_out(session=session, by=acting(members[STAFF[slug]]))
    leads = before.session.roles.filter(role__in=("chair", "secretary")).values_list("membership", flat=True)
    there = _were_there(before.session)
    chair = next((one for one in members.values() if one.pk in set(leads)), None)
    other = next((one for one in members.values() if one.pk in there and one != chair), None)
    if chair is not None and other is not None:
        for who in (chair, other):
            agree(logbook=before, by=who, seen=Logbook.objects.get(pk=before.pk).edition)


def _session(slug: str, row: dict[str, Any], day: date) -> Session | None:
    return Session.objects.filter(group=group_of(slug, row), slot=day, starts_at__lte=clock.now()).planned().first()


def _were_there(session: Session) -> set[int]:
    register = getattr(session, "register", None)
    return set(register.marks.filter(was="here").values_list("membership", flat=True)) if register else set()


def _letters(members: Members) -> None:
    """One letter is agreed and on its way, one is being written."""
    community = members["linden"].community
    follow_up(community=community)
    for case in AbsenceCase.objects.filter(community=community).order_by("pk"):
        write_letter(case=case, by=members["heron"], words=LETTER, seen=1)
        if case.membership_id == members["linden"].pk:
            agree_letter(case=case, by=members["moss"], seen=2)


def _one_waits(slug: str, members: Members) -> None:
    """Somebody who was there would like the newest record changed."""
    newest = Logbook.objects.filter(session__community__slug=slug).order_by("-session__starts_at").first()
    if newest is not None and not newest.is_agreed:
        words = "We also said that the kettle needs a new lead."
        who = next((one for one in members.values() if one.pk in _were_there(newest.session)), None)
        if who is not None:
            key = key_of(slug, "a change")
            propose_change(session=newest.session, by=who, heading="next", words=words, form_key=key)
