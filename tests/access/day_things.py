"""What stands at the addresses of the day of a session and of the logbook, put there without asking the services."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import clock
from meetings.lifecycle.timetable import Role
from meetings.models import Logbook, LogbookPart, LogbookProposal, Session
from tests.meetings.groups import a_group, a_role, a_session
from tests.meetings.recording import an_asking

if TYPE_CHECKING:
    from tests.access.group_things import People


def _ahead(people: "People") -> Session:
    return a_session(people.author.community, clock.now() + timedelta(days=1))


def _on(people: "People") -> Session:
    return a_session(people.author.community, clock.now() - timedelta(minutes=10))


def _turn(people: "People") -> dict[str, object]:
    session = _ahead(people)
    a_role(session, Role.CHAIR, people.author)
    return {"pk": session.pk, "role": "chair"}


def _asked(people: "People") -> dict[str, object]:
    session = _ahead(people)
    a_role(session, Role.CHAIR, people.decider)
    return {"pk": an_asking(session, people.decider).pk}


def _logbook(people: "People", *, agreed: bool = False) -> Logbook:
    now = clock.now()
    frozen = {"state": "agreed", "agreed_at": now, "commitment": "0" * 64, "salt": "0" * 32} if agreed else {}
    logbook = Logbook.objects.create(session=_on(people), began_by=people.staff, began_at=now, **frozen)
    _part(logbook, people)
    return logbook


def _part(logbook: Logbook, people: "People") -> LogbookPart:
    given = {"heading": "did", "words": "We walked.", "written_by": people.staff, "at": clock.now()}
    return LogbookPart.objects.create(logbook=logbook, form_key=uuid4(), **given)


def _change(people: "People") -> LogbookProposal:
    given = {"heading": "did", "words": "We ran.", "by": people.decider, "made_at": clock.now()}
    return LogbookProposal.objects.create(logbook=_logbook(people), form_key=uuid4(), **given)


MAKERS = {
    "meetings:order": lambda people: {},
    "meetings:group_order": lambda people: {"pk": a_group(people.staff).pk},
    "meetings:room": lambda people: {"pk": _ahead(people).pk},
    "meetings:topic": lambda people: {"pk": _ahead(people).pk},
    "meetings:turns": lambda people: {},
    "meetings:turn": _turn,
    "meetings:turn_asked": _asked,
    "meetings:take_turn": lambda people: {"pk": _ahead(people).pk, "role": "chair"},
    "meetings:hand_turn": lambda people: {"pk": _on(people).pk, "role": "chair"},
    "meetings:logbooks": lambda people: {},
    "meetings:logbook": lambda people: {"pk": _logbook(people, agreed=True).session_id},
    "meetings:logbook_part": lambda people: {"pk": _part(_logbook(people), people).pk},
    "meetings:logbook_change": lambda people: {"pk": _change(people).pk},
    "meetings:agree_logbook": lambda people: {"pk": _logbook(people).session_id},
    "meetings:record_read": lambda people: {"pk": _on(people).pk},
}
