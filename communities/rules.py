"""What rules a community has: their bounds, their words, and each preset's values and reasons (domain, section 2).

Rules are data. This module says which there are; the rows say what holds, since when and why. A later app adds its own
with `register`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.hours import clock_words

PRESETS = {
    "day_community": _("Day therapeutic community"),
    "service_user_network": _("Service user network"),
    "crisis_house": _("Crisis house"),
}


@dataclass(frozen=True)
class RuleKind:
    """One kind of rule. `values` by preset; `says` turns a value into a plain sentence for the rules page."""

    key: str
    title: Any
    values: dict[str, Any]
    reason: Any
    says: Callable[[Any], str]
    read: Callable[[str], Any]
    check: Callable[[Any], bool] = field(default=lambda value: True)
    # Every value there is, where they are few and have words: for the form that proposes another.
    choices: tuple[Any, ...] = ()

    def parse(self, written: str) -> Any:
        """Read a value given as text (the command line's `--rule key=value`). Raises ValidationError."""
        try:
            value = self.read(written)
        except ValueError:
            value = None
        if value is None or not self.check(value):
            said = _("“%(value)s” is not a value that the rule “%(key)s” can have.")
            raise ValidationError(said % {"value": written, "key": self.key})
        return value


KINDS: dict[str, RuleKind] = {}


def register(kind: RuleKind) -> None:
    """Add a kind of rule; each app registers its own once."""
    KINDS[kind.key] = kind


def kind_of(key: str) -> RuleKind:
    """The kind of rule with this key. Raises ValidationError with the keys there are."""
    try:
        return KINDS[key]
    except KeyError:
        known = ", ".join(sorted(KINDS))
        raise ValidationError(
            _("There is no rule called “%(key)s”. There are: %(known)s.") % {"key": key, "known": known}
        ) from None


def parse(key: str, written: str) -> Any:
    """Read a rule's value given as text. Raises ValidationError for a key or value that can't be."""
    return kind_of(key).parse(written)


def everywhere(value: Any) -> dict[str, Any]:
    """The same value in every preset."""
    return dict.fromkeys(PRESETS, value)


SWITCH = {"on": True, "off": False, "true": True, "false": False}


def read_switch(written: str) -> bool:
    """Read "on" or "off"."""
    if written.lower() not in SWITCH:
        raise ValueError
    return SWITCH[written.lower()]


def _clock_time(written: str) -> str:
    hour, minute = written.split(":")
    if not (0 <= int(hour) <= 23 and 0 <= int(minute) <= 59):
        raise ValueError
    return f"{int(hour):02}:{int(minute):02}"


def _clock_said(value: str) -> str:
    return clock_words(time.fromisoformat(value))


def minutes(value: int) -> str:
    """“5 minutes”."""
    return ngettext("%(n)s minute", "%(n)s minutes", value) % {"n": value}


def on_off(on: Any, off: Any) -> Callable[[Any], str]:
    """Say one sentence while a rule is on, another while it is off."""
    return lambda value: str(on if value else off)


ADMISSION_WORDS = {
    "selection_day": _("A selection day, where members and staff meet the person."),
    "plan_reviewed": _("The person writes a crisis plan and looks at it with the group."),
    "registration": _("The person registers and makes a care plan."),
}

for _kind in (
    RuleKind(
        "self_referral",
        _("Coming in by yourself"),
        {"day_community": False, "service_user_network": True, "crisis_house": False},
        _("If you think you need to come, that is good enough for a network. Elsewhere somebody invites you first."),
        on_off(_("Anybody may ask to join with the open link."), _("You join with an invitation from a member.")),
        read_switch,
    ),
    RuleKind(
        "admission",
        _("Becoming a member"),
        {
            "day_community": "selection_day",
            "service_user_network": "plan_reviewed",
            "crisis_house": "registration",
        },
        _("Members decide together who joins, and nobody decides it alone."),
        lambda value: str(ADMISSION_WORDS[value]),
        str,
        lambda value: value in ADMISSION_WORDS,
        tuple(ADMISSION_WORDS),
    ),
    RuleKind(
        "admission_vote",
        _("Who says yes to somebody new"),
        {"day_community": True, "service_user_network": False, "crisis_house": False},
        _("Where people live so close with each other, everybody should have a say in who joins."),
        on_off(
            _("Members vote on it. While fewer than five are here, two who look after the place say it together."),
            _("Two who look after the place say it together."),
        ),
        read_switch,
    ),
    RuleKind(
        "seats",
        _("Seats in the Top Three"),
        everywhere(3),
        _("Enough people to share the load, few enough to talk it over."),
        lambda value: ngettext("%(n)s seat", "%(n)s seats", value) % {"n": value},
        int,
        lambda value: 2 <= value <= 5,
    ),
    RuleKind(
        "invitation_days",
        _("How long an invitation lasts"),
        everywhere(14),
        _("Long enough to think it over. An old link in a drawer should open nothing."),
        lambda value: ngettext("%(n)s day", "%(n)s days", value) % {"n": value},
        int,
        lambda value: 1 <= value <= 60,
    ),
    RuleKind(
        "night_starts",
        _("When night begins"),
        everywhere("22:00"),
        _("At night we are tired, and fewer people are there to answer."),
        _clock_said,
        _clock_time,
    ),
    RuleKind(
        "night_ends",
        _("When night ends"),
        everywhere("07:00"),
        _("From then on the day's pause holds again."),
        _clock_said,
        _clock_time,
    ),
):
    register(_kind)
