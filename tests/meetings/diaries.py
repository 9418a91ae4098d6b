"""Diaries put into calendars, and read as a calendar reads them: by a parser that did not write them."""

from typing import Any

import vobject

from communities.models import Membership
from meetings.services.feeds import DiaryChoices, make_diary


def a_diary(by: Membership, **choices: Any) -> str:
    """This member's diary: the address that calendars read."""
    return f"/diary/{make_diary(by=by, choices=DiaryChoices(**choices))}.ics"


def diary_of(by: Membership) -> dict[str, object]:
    """The same for the walk of every address."""
    return {"token": make_diary(by=by, choices=DiaryChoices())}


def read(file: bytes) -> list[Any]:
    """The entries of a calendar's file, in their order."""
    return list(vobject.readOne(file.decode()).contents.get("vevent", []))
