"""What the pages of the logbook show: parts under their headings, what may be done to them, and lists of records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from boards.excerpts import excerpt
from communities.models import Membership
from meetings.day.words import when_of
from meetings.lifecycle.logbook import Heading
from meetings.models import Logbook, LogbookPart, LogbookProposal, LogbookSaid
from meetings.policies.logbook import may_agree, may_propose, may_write
from meetings.queries.logbook import Kept


def page(membership: Membership, kept: Kept, now: datetime, rows: dict[str, Any]) -> dict[str, Any]:
    """One record as its page takes it. `rows`: what the queries gave of it. No query."""
    parts: list[LogbookPart] = rows["parts"]
    said: list[LogbookSaid] = rows["said"]
    logbook, stands = kept.logbook, kept.stands
    agrees = logbook is not None and bool(may_agree(membership, logbook, stands))
    return {
        "session": kept.session,
        "when": when_of(kept.session),
        "logbook": logbook,
        "headings": under_headings(parts, rows["waiting"]),
        "new_ones": [row for row in rows["waiting"] if row.part_id is None],
        "waiting": rows["waiting"],
        "left_out": sum(part.left_out for part in parts),
        "writes": bool(may_write(membership, kept.session, logbook, stands, now)),
        "proposes": bool(logbook and may_propose(membership, logbook, stands)),
        "agrees": agrees and any(part.words for part in parts) and not rows["waiting"],
        "has_agreed": any(row.membership_id == membership.pk for row in said),
        "number_agreed": len(said),
        "lead_agreed": any(row.leads for row in said),
        "is_changed": not rows["is_as_agreed"],
    }


def under_headings(parts: Sequence[LogbookPart], waiting: Sequence[LogbookProposal]) -> list[dict[str, Any]]:
    """The parts that stand, under their headings in order; each with the changes that wait for it."""
    return [
        {
            "title": heading.label,
            "parts": [
                {"part": part, "waiting": [row for row in waiting if row.part_id == part.pk]}
                for part in parts
                if part.heading == heading and not part.left_out
            ],
        }
        for heading in Heading
    ]


def found(logbooks: Sequence[Logbook], words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Agreed records in a list, with the lines in which the words stand that somebody looked for."""
    return [
        {
            "logbook": logbook,
            "session": logbook.session,
            "when": when_of(logbook.session),
            "parts": excerpt(_text_of(logbook), words),
        }
        for logbook in logbooks
    ]


def _text_of(logbook: Logbook) -> str:
    # In the order of the record, from the rows that came with it.
    parts = sorted(logbook.parts.all(), key=lambda part: part.pk)
    return " · ".join(" ".join(part.words.split()) for part in parts if not part.left_out)
