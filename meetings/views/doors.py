"""How somebody comes in to a page that only some have: missing to all others, the second step asked for by name."""

from django.http import Http404

from people.decisions import Decision, require


def come_in(decision: Decision, *, is_for: bool = False) -> None:
    """Let in on a yes. Whoever lacks only the second step (or whom the page `is_for`) is told so, others find nothing.

    Raises Http404 and `Refused`.
    """
    if decision.allowed:
        return
    if decision.remedy or is_for:
        require(decision)
    raise Http404
