"""The rule about how many feel comfortable in one group (domain, section 2)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.rules import RuleKind, everywhere, register

FEWEST, MOST = 2, 60


def _said(value: int) -> str:
    said = ngettext("A group has up to %(n)s person.", "A group feels comfortable with up to %(n)s people.", value)
    return said % {"n": value}


def register_all() -> None:
    """Add the rule; called once, as the site starts."""
    register(
        RuleKind(
            "comfortable_group",
            _("How many in a group"),
            everywhere(15),
            _("In a group that is too full not everybody is heard. More are never sent away: the site only says so."),
            _said,
            int,
            lambda value: FEWEST <= value <= MOST,
        )
    )
