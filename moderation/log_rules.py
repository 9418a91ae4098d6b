"""How long the words of the verbatim log are kept: a rule of the community (domain, section 3)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rules import RuleKind, everywhere, register

KEPT_DAYS = "log_kept_days"


def _days(value: int) -> str:
    said = ngettext("%(n)s day after something was decided", "%(n)s days after something was decided", value)
    return said % {"n": value}


def register_all() -> None:
    """Make the rule known; called once, as the site starts."""
    register(
        RuleKind(
            KEPT_DAYS,
            _("How long the log keeps words"),
            everywhere(365),
            _("Long enough to bring something to a meeting. Not for ever: old words should be able to rest."),
            _days,
            int,
            lambda value: 30 <= value <= 3650,
        )
    )
