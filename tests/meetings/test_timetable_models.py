"""What the rows of the timetable hold together by themselves, whatever a service does."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import clock
from meetings.lifecycle.timetable import Role
from meetings.models import Session
from tests.cast import Cast
from tests.meetings.groups import HOUR, a_group, a_role, a_session, a_venue


def refuses(make: Callable[[], Any]) -> bool:
    """Whether the database refuses it."""
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_session_of_a_slot_is_there_once(cast: Cast) -> None:
    group = a_group(cast.dale)
    a_session(cast.fellside, group=group, slot=date(2026, 6, 10))
    assert refuses(lambda: a_session(cast.fellside, group=group, slot=date(2026, 6, 10)))
    a_session(cast.fellside, group=group)
    a_session(cast.fellside, group=group)


def test_session_ends_after_it_begins(cast: Cast) -> None:
    assert refuses(lambda: a_session(cast.fellside, ends_at=clock.now()))
    assert refuses(lambda: a_session(cast.fellside, ends_at=clock.now() - HOUR))


@pytest.mark.parametrize(
    ("state", "change", "holds"),
    [
        ("planned", "", True),
        ("planned", "moved", True),
        ("planned", "extra", True),
        ("planned", "bank_holiday", False),
        ("planned", "cancelled", False),
        ("cancelled", "", False),
        ("cancelled", "moved", False),
        ("cancelled", "cancelled", True),
        ("cancelled", "bank_holiday", True),
        ("cancelled", "dropped", True),
    ],
)
def test_session_called_off_says_why(cast: Cast, state: str, change: str, holds: bool) -> None:
    def make() -> Session:
        return a_session(cast.fellside, state=state, change=change)

    if holds:
        assert make().takes_place == (state == "planned")
    else:
        assert refuses(make)


def test_slot_needs_a_group(cast: Cast) -> None:
    assert refuses(lambda: a_session(cast.fellside, slot=date(2026, 6, 10)))


def test_forms_make_one_row_each(cast: Cast) -> None:
    key = uuid4()
    a_group(cast.dale, form_key=key)
    assert refuses(lambda: a_group(cast.dale, form_key=key))
    a_group(cast.glen, form_key=key)
    a_session(cast.fellside, made_by=cast.dale, form_key=key)
    assert refuses(lambda: a_session(cast.fellside, made_by=cast.dale, form_key=key))


def test_group_keeps_its_bounds(cast: Cast) -> None:
    assert refuses(lambda: a_group(cast.dale, minutes=4))
    assert refuses(lambda: a_group(cast.dale, minutes=721))
    assert refuses(lambda: a_group(cast.dale, member_led=True, facilitator=cast.dale))
    assert refuses(lambda: a_group(cast.dale, state="ended"))
    assert refuses(lambda: a_group(cast.dale, ended_on=date(2026, 6, 10)))
    assert a_group(cast.dale, state="ended", ended_on=date(2026, 6, 10)).pk


def test_venue_has_a_name_of_its_own_in_its_community(cast: Cast) -> None:
    a_venue(cast.fellside)
    assert refuses(lambda: a_venue(cast.fellside))
    a_venue(cast.riverside)


def test_role_is_one_persons(cast: Cast) -> None:
    session = a_session(cast.fellside)
    a_role(session, Role.CHAIR, cast.heron)
    assert refuses(lambda: a_role(session, Role.CHAIR, cast.moss))
    a_role(session, Role.SECRETARY, cast.heron)


def test_over_follows_from_the_time(cast: Cast) -> None:
    session = a_session(cast.fellside, hours=1)
    assert session.has_begun(session.starts_at)
    assert not session.has_begun(session.starts_at - timedelta(seconds=1))
    assert not session.is_over(session.ends_at - timedelta(seconds=1))
    assert session.is_over(session.ends_at)
