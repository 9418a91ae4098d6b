"""The rules about somebody who has not been seen: what counts, what follows, in what time (domain, section 2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rules import RuleKind, everywhere, on_off, read_switch, register
from meetings.attendance import Counts
from meetings.lifecycle.attendance import After

COUNTS_SAID = {
    Counts.PROGRAMME_DAYS: _(
        "Programme days count. A day on which somebody was here, sent word or was ill does not, and neither does one "
        "that was called off, or whose register nobody took."
    ),
    Counts.WEEKS: _(
        "Weeks count in which somebody came to nothing, from Monday to Sunday. A week in which they sent word or were "
        "ill does not, and neither does one with a session called off, or a register that nobody took."
    ),
    Counts.NOTHING: _("Nothing is counted. When we have not seen somebody we ask how they are, and that is all."),
}
AFTER_SAID = {
    After.SUSPEND: _(
        "When no answer comes, two who look after this place decide whether it is closed to somebody for a time. "
        "They can ask to come back on any day of it."
    ),
    After.INACTIVE: _(
        "When no answer comes, one who looks after this place decides whether somebody is inactive. The board is "
        "closed to them then, and coming back takes one button."
    ),
    After.NOTHING: _("When no answer comes, nothing follows from it."),
}


def _row(value: int) -> str:
    said = ngettext("After %(n)s without a word, the group writes.", "After %(n)s in a row, the group writes.", value)
    return said % {"n": value}


def _days(value: int) -> str:
    said = ngettext(
        "%(n)s day to answer, from the day the letter has reached them.",
        "%(n)s days to answer, from the day the letter has reached them.",
        value,
    )
    return said % {"n": value}


def _months(value: int) -> str:
    return ngettext("For %(n)s month at the most.", "For %(n)s months at the most.", value) % {"n": value}


def _between(least: int, most: int) -> Any:
    return lambda value: least <= value <= most


def _presets(day: Any, network: Any, house: Any) -> dict[str, Any]:
    return {"day_community": day, "service_user_network": network, "crisis_house": house}


KINDS = (
    RuleKind(
        "absence_counts",
        _("What counts when somebody is not seen"),
        _presets(Counts.PROGRAMME_DAYS, Counts.WEEKS, Counts.NOTHING),
        _("So that somebody's silence is noticed, and nobody is written to over one bad week."),
        lambda value: str(COUNTS_SAID[value]),
        str,
        lambda value: value in COUNTS_SAID,
        tuple(COUNTS_SAID),
    ),
    RuleKind(
        "absence_row",
        _("When the group writes to somebody"),
        _presets(3, 4, 4),
        _("Soon enough that somebody in trouble is asked after, late enough that nobody feels chased."),
        _row,
        int,
        _between(2, 12),
    ),
    RuleKind(
        "answer_days",
        _("Time to answer the group's letter"),
        _presets(7, 14, 14),
        _("The days run once the letter has reached them, so that nobody loses a place over lost post."),
        _days,
        int,
        _between(3, 60),
    ),
    RuleKind(
        "after_silence",
        _("What follows when no answer comes"),
        _presets(After.SUSPEND, After.INACTIVE, After.NOTHING),
        _("A person decides it, never the site alone. Whoever it is about reads how to come back."),
        lambda value: str(AFTER_SAID[value]),
        str,
        lambda value: value in AFTER_SAID,
        tuple(AFTER_SAID),
    ),
    RuleKind(
        "suspended_months",
        _("How long a place is closed after no answer came"),
        everywhere(3),
        _("Long enough to mean something, with a way back on any day of it."),
        _months,
        int,
        _between(1, 6),
    ),
    RuleKind(
        "return_plan",
        _("A new crisis plan before coming back"),
        _presets(False, True, False),
        _("Things change in a long time away. A plan looked at together makes the first weeks safer."),
        on_off(
            _("Whoever welcomes somebody back says whether the group looks at a new crisis plan with them first."),
            _("Nobody is asked for a new plan before they come back."),
        ),
        read_switch,
    ),
)


def register_all() -> None:
    """Make them known; called once, as the site starts."""
    for kind in KINDS:
        register(kind)
