"""Registers the check of the contacts."""

from django.apps import AppConfig
from django.core.checks import register


class HelpnowConfig(AppConfig):
    name = "helpnow"

    def ready(self) -> None:
        """Look at the contacts whenever Django checks itself, so a gap is found before a person finds it."""
        from helpnow.checks import check_contacts

        register(check_contacts)
