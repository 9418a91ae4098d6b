"""The pages of groups, each asked by somebody who reads it: how many questions it puts to the database, and how long.

`python -m bench.measuring.year_pages MEMBERS WEEKS A_WEEK` fills the database of its settings and prints the figures.
"""

import json
import logging
import sys
import time
from typing import Any

import django

TIMES = 5
MOST_QUERIES = 10


def pages(filler: Any) -> list[tuple[str, str, Any]]:
    """Each page: its name, its address, and who asks for it."""
    from meetings.models import Logbook, Session, TimePoll
    from meetings.services.feeds import DiaryChoices, make_diary

    member, staff = filler.members[5], filler.staff
    rows = Session.objects.filter(community=filler.community)
    ahead = rows.filter(starts_at__gt=filler.now).order_by("starts_at")[0]
    gone = rows.filter(ends_at__lt=filler.now, counts=True).order_by("-starts_at")[2]
    record = Logbook.objects.filter(session=gone).get()
    poll = TimePoll.objects.filter(community=filler.community).order_by("pk")[0]
    base = f"/c/{filler.community.slug}/"
    at = f"{base}groups/"
    return [
        ("timetable", at, member),
        ("all groups", f"{at}all/", member),
        ("group", f"{at}{ahead.group_id}/", member),
        ("session to come", f"{at}sessions/{ahead.pk}/", member),
        ("session gone, for staff", f"{at}sessions/{gone.pk}/", staff),
        ("coming", f"{at}sessions/{ahead.pk}/coming/", member),
        ("register", f"{at}sessions/{gone.pk}/register/", staff),
        ("registers to take", f"{at}registers/", staff),
        ("room", f"{at}sessions/{gone.pk}/room/", member),
        ("turns", f"{at}turns/", member),
        ("meeting and its pack", f"{base}meeting/", member),
        ("logbooks", f"{at}logbook/", member),
        ("logbook search", f"{at}logbook/?q=kettle", member),
        ("logbook of one session", f"{at}sessions/{record.session_id}/logbook/", member),
        ("letters of the group", f"{base}letters/", member),
        ("own letters", f"{base}letters/yours/", member),
        ("away", f"{at}away/", member),
        ("away, put down for others", f"{at}away/for/", staff),
        ("local life", f"{base}local/", member),
        ("polls of times", f"{at}times/", member),
        ("poll of times", f"{at}times/{poll.pk}/", member),
        ("staff's day", f"{base}day/", staff),
        ("diary", f"{at}diary/", member),
        ("diary as a calendar reads it", f"/diary/{make_diary(by=member, choices=DiaryChoices())}.ics", member),
    ]


def client_for(membership: Any) -> Any:
    """A client signed in as them, with what this process's settings want in the cookie."""
    from django.conf import settings

    from people.sitting_cookie import cookie_for
    from tests.cast import client_of

    client = client_of(membership)
    client.defaults["SERVER_NAME"] = "localhost"
    name = settings.SESSION_COOKIE_NAME
    if any("sitting_cookie" in each for each in settings.MIDDLEWARE):
        client.cookies[name] = cookie_for(client.cookies[name].value)
    return client


def measured(filler: Any, times: int = TIMES) -> dict[str, dict[str, float]]:
    """For each page how many queries it makes, and the milliseconds of the quickest of some times."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found: dict[str, dict[str, float]] = {}
    clients: dict[int, Any] = {}
    for name, path, who in pages(filler):
        client = clients.setdefault(who.pk, client_for(who))
        # The first one reads templates.
        _get(client, path)
        with CaptureQueriesContext(connection) as asked:
            _get(client, path)
        # Counted now: what is asked later wipes it.
        queries = len(asked)
        took = min((_timed(client, path) for _ in range(times)), default=0.0)
        found[name] = {"queries": queries, "ms": round(took * 1000, 1)}
    return found


def _timed(client: Any, path: str) -> float:
    began = time.perf_counter()
    _get(client, path)
    return time.perf_counter() - began


def _get(client: Any, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def main() -> None:
    django.setup()
    # What was answered is not the figures.
    logging.disable(logging.INFO)
    import clock
    from bench.measuring.year_rows import Filler, Year

    members, weeks, a_week = map(int, sys.argv[1:])
    filler = Filler(Year(members=members, weeks=weeks, a_week=a_week), clock.now())
    filler.fill()
    print(json.dumps(measured(filler)))


if __name__ == "__main__":
    main()
