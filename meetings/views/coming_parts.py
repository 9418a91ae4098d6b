"""What coming and the register bring to the page of one session."""

from typing import Any

from communities.seeing import audience
from meetings.forms.coming import ComingForm
from meetings.policies.coming import may_say_coming, may_see_who_comes
from meetings.policies.register import FROM_BEFORE
from meetings.policies.timetable import runs_session
from meetings.services.coming import LATE_FOR
from meetings.views.one_session import OneSession


def coming(one: OneSession) -> dict[str, Any] | None:
    """Whether one comes, in one tap, who else does, and the register. One query."""
    if not one.session.takes_place:
        return None
    runs = bool(runs_session(one.membership, one.session, one.now))
    part = {"runs": runs, "register": _register(one, runs=runs)}
    if one.now >= one.session.ends_at + LATE_FOR:
        return part if part["register"] else None
    return part | _coming(one)


def _coming(one: OneSession) -> dict[str, Any]:
    said = one.who.of(one.membership)
    return {
        "who": one.who,
        "said": said,
        "is_away": one.is_away,
        "place": one.who.place_of(one.membership),
        "says": bool(may_say_coming(one.membership, one.session)),
        "sees_names": bool(may_see_who_comes(one.membership)),
        "form": ComingForm(initial={"words": said.words if said else ""}),
        "seen_by": audience("apology"),
    }


def _register(one: OneSession, *, runs: bool) -> dict[str, Any] | None:
    session, own = one.session, one.who.own_mark
    if one.now < session.starts_at - FROM_BEFORE:
        return None
    row = getattr(session, "register", None)
    waits = row is None and session.is_over(one.now) and session.counts
    return {"row": row, "own": own, "waits": waits} if runs or own or waits else None
