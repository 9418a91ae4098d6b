"""What somebody is told about a plan of their own: that the day they chose has come. Never what it is."""

from django.utils.translation import gettext_lazy as _

from crisisplans.services.dates import REMINDER, still_to_be_reminded
from notices import kinds


def register_all() -> None:
    """Make the reminder known; called once, as the site starts."""
    kinds.register(REMINDER, _("You wanted to look at something again about now."), still_to_be_reminded)
