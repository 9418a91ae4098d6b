"""What coming and the register bring to the page of one session."""

from datetime import datetime
from typing import Any

from communities.models import Membership
from communities.seeing import audience
from meetings.forms.coming import ComingForm
from meetings.models import Session
from meetings.policies.coming import may_say_coming, may_see_who_comes
from meetings.policies.register import FROM_BEFORE
from meetings.policies.timetable import runs_session
from meetings.queries.coming import WhoComes, coming_to
from meetings.services.coming import LATE_FOR


def coming(membership: Membership, session: Session, now: datetime) -> dict[str, Any] | None:
    """Whether one comes, in one tap, who else does, and the register. One query."""
    if not session.takes_place:
        return None
    runs = bool(runs_session(membership, session, now))
    who = coming_to(session, membership)
    part = {"runs": runs, "register": _register(who, session, now, runs=runs)}
    if now >= session.ends_at + LATE_FOR:
        return part if part["register"] else None
    return part | _coming(who, membership, session)


def _coming(who: WhoComes, membership: Membership, session: Session) -> dict[str, Any]:
    said = who.of(membership)
    return {
        "who": who,
        "said": said,
        "is_away": any(time.membership_id == membership.pk for time in who.away),
        "place": who.place_of(membership),
        "says": bool(may_say_coming(membership, session)),
        "sees_names": bool(may_see_who_comes(membership)),
        "form": ComingForm(initial={"words": said.words if said else ""}),
        "seen_by": audience("apology"),
    }


def _register(who: WhoComes, session: Session, now: datetime, *, runs: bool) -> dict[str, Any] | None:
    if now < session.starts_at - FROM_BEFORE:
        return None
    row = getattr(session, "register", None)
    waits = row is None and session.is_over(now) and session.counts
    return {"row": row, "own": who.own_mark, "waits": waits} if runs or who.own_mark or waits else None
