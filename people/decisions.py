"""What a policy answers, and how a service says no."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Decision:
    """Yes or no, always with a reason that can be shown to the person it concerns (domain, section 4.11)."""

    allowed: bool
    reason: str = ""
    # A way out of a "no" that a page can offer, e.g. "second_step": giving the second sign-in step again.
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str, *, remedy: str = "") -> Decision:
    """A "no" with the reason the person is shown."""
    return Decision(False, str(reason), remedy)


class Refused(Exception):
    """The person may see the thing but not do this to it (a 403 with the reason in plain words)."""

    def __init__(self, reason: str, *, remedy: str = "") -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.remedy = remedy


class Conflict(Exception):
    """Somebody else was quicker, or the thing changed meanwhile (a 409 that says what happened)."""

    def __init__(self, reason: str, *, facts: dict[str, str] | None = None) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.facts = facts or {}


@dataclass(frozen=True)
class Sitting:
    """What this signed-in sitting has proved so far; it is of the request and never stored with a membership."""

    second_factor_at: datetime | None = None


def require(decision: Decision) -> None:
    """Raise `Refused` with the decision's own reason unless it is a yes."""
    if not decision:
        raise Refused(decision.reason, remedy=decision.remedy)
