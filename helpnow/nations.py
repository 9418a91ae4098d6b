"""The four nations, because help differs between them (there is no NHS 111 in Northern Ireland)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Nation(TextChoices):
    """Where somebody lives, as far as it decides whom to ring."""

    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")
