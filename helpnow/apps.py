"""Registers the checks of the contacts and of the way out."""

from django.apps import AppConfig
from django.core.checks import register


class HelpnowConfig(AppConfig):
    name = "helpnow"

    def ready(self) -> None:
        """Look at both whenever Django checks itself, so a gap is found before a person finds it."""
        from helpnow.checks import check_contacts, check_exit_address

        register(check_contacts)
        register(check_exit_address)
