"""The rules of elections: how long a term is, how many alternates, how long people can stand and vote."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rules import RuleKind, everywhere, register


def register_all() -> None:
    """Make the rules of elections known; called once, as the site starts."""
    for key, title, value, reason, words, least, most in (
        (
            "term_weeks",
            _("How long an office lasts"),
            26,
            _("Long enough to learn it, short enough to hand it on before it gets heavy."),
            _weeks,
            4,
            104,
        ),
        (
            "alternates",
            _("Alternates"),
            1,
            _("Whoever comes next in the vote helps out, so that nobody has to be there always."),
            _alternates,
            0,
            3,
        ),
        (
            "nomination_days",
            _("How long people can stand"),
            7,
            _("Time to think it over, and to ask somebody whether they would like to."),
            _days,
            2,
            28,
        ),
        (
            "election_days",
            _("How long an election is open"),
            5,
            _("So that those who look in only now and then can vote too."),
            _days,
            2,
            21,
        ),
    ):
        register(RuleKind(key, title, everywhere(value), reason, words, int, _between(least, most)))


def _weeks(value: Any) -> str:
    return ngettext("%(n)s week", "%(n)s weeks", value) % {"n": value}


def _days(value: Any) -> str:
    return ngettext("%(n)s day", "%(n)s days", value) % {"n": value}


def _alternates(value: Any) -> str:
    return ngettext("%(n)s alternate", "%(n)s alternates", value) % {"n": value} if value else str(_("None."))


def _between(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: least <= value <= most
