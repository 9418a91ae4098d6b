"""Two at once on a record or a turn: one winner each, and the twins without a lock in which there are two."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.db.models import QuerySet

import clock
from audit.models import Entry
from communities.models import Membership
from meetings.lifecycle.timetable import Role
from meetings.models import Logbook, LogbookPart, Session, SessionRole
from meetings.services import agreeing, logbook, turns
from tests.at_once import at_once
from tests.cast import Cast
from tests.meetings.groups import a_role, a_session
from tests.meetings.recording import fresh, marked_here, only_part, written

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


def a_record(cast: Cast) -> Logbook:
    """A record that its secretary, Heron, has agreed to; Moss and Fern were there."""
    session = a_session(cast.fellside, clock.now() - timedelta(minutes=30))
    a_role(session, Role.SECRETARY, cast.heron)
    marked_here(session, cast.dale, cast.heron, cast.moss, cast.fern)
    record = written(session, cast.heron)
    agreeing.agree(logbook=record, by=cast.heron, seen=fresh(record).edition)
    return fresh(record)


def both_agree(cast: Cast, record: Logbook) -> list[object]:
    return at_once(
        *(lambda by=by: agreeing.agree(logbook=record, by=by, seen=record.edition) for by in (cast.moss, cast.fern))
    )


def meeting_after(patch: Patch, module: object, name: str) -> None:
    """Both wait for each other after this look; whoever a lock keeps out comes later."""
    barrier, original = Barrier(2), getattr(module, name)

    def looks(*args: object, **given: object) -> object:
        found = original(*args, **given)
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=1)
        return found

    patch.setattr(module, name, looks)


def without_locks(patch: Patch) -> None:
    """No row is locked."""
    patch.setattr(QuerySet, "select_for_update", lambda self, **how: self)


def test_two_who_agree_at_once_freeze_it_once(cast: Cast) -> None:
    record = a_record(cast)
    found = both_agree(cast, record)
    assert [one for one in found if one is True] == [True]
    assert Entry.objects.filter(verb="freeze logbook").count() == 1


@pytest.mark.postgres_only
def test_without_the_lock_two_who_agree_freeze_it_twice(cast: Cast, monkeypatch: Patch) -> None:
    record, frozen = a_record(cast), []
    without_locks(monkeypatch)
    meeting_after(monkeypatch, agreeing, "lock_logbook")
    monkeypatch.setattr(agreeing, "note", lambda _row, verb, *_said, **_facts: frozen.append(verb))
    both_agree(cast, record)
    assert frozen.count("freeze logbook") == 2


def test_what_is_left_out_as_somebody_agrees_is_never_frozen(cast: Cast) -> None:
    record = a_record(cast)
    part = only_part(record)
    at_once(
        lambda: logbook.leave_out_part(part=part, by=cast.fern),
        lambda: agreeing.agree(logbook=record, by=cast.moss, seen=record.edition),
    )
    part.refresh_from_db()
    # Either it was frozen before with its words, or it is out and nothing is agreed.
    assert (fresh(record).is_agreed, part.left_out) in {(True, False), (False, True)}


def takes(session: Session, by: Membership) -> Callable[[], SessionRole]:
    return lambda: turns.take_turn(session=session, role="chair", by=by)


def test_two_who_take_a_turn_at_once_are_one(cast: Cast) -> None:
    session = a_session(cast.fellside, clock.now() + timedelta(days=1))
    found = at_once(takes(session, cast.moss), takes(session, cast.fern))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "SessionRole"]


def test_same_form_sent_twice_at_once_is_one_part(cast: Cast) -> None:
    session = a_session(cast.fellside, clock.now() - timedelta(minutes=30))
    a_role(session, Role.SECRETARY, cast.heron)
    given = {"session": session, "by": cast.heron, "heading": "did", "words": "We sang.", "form_key": uuid4()}
    found = at_once(*(lambda: logbook.add_part(**given) for _twice in range(2)))
    assert {type(one).__name__ for one in found} == {"LogbookPart"}
    assert LogbookPart.objects.count() == 1
