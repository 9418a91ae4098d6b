"""What is looked at before the site starts: is there help for everybody, and is it fresh (safety check 2.1)?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from helpnow.book import Book, book
from helpnow.contacts import Contact
from helpnow.nations import Nation

ALWAYS = {"999": "999", "116123": "Samaritans 116 123"}
FRESH_FOR = timedelta(days=183)


def check_contacts(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: an Error stops the site from starting, a Warning asks the operator to look again."""
    # The day comes from this machine: checks run before there is a database, and a day more or less is no matter.
    return list(_problems(book(), today=datetime.now(UTC).date()))


def check_exit_address(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: "Exit this page" has to lead to a page that opens (safety check 2.9)."""
    if settings.EXIT_ADDRESS.startswith("https://"):
        return []
    return [Error("PEERNET_EXIT_ADDRESS does not begin with https://", id="helpnow.E005")]


def _problems(contacts: Book, *, today: date) -> Iterator[CheckMessage]:
    if contacts.fault:
        yield Error(f"The contacts file is left out: {contacts.fault}", id="helpnow.E001")
    yield from _missing(contacts.contacts)
    for contact in contacts.contacts:
        if contact.last_checked > today:
            yield Error(f"{contact.key}: last_checked lies in the future", id="helpnow.E004")
    for contact in unchecked(contacts, today=today):
        yield Warning(
            f"{contact.name} was last checked on {contact.last_checked}: ask {contact.source} whether it holds",
            hint="Put the right words and today's date into your contacts file (PEERNET_CONTACTS_FILE).",
            id="helpnow.W001",
        )


def unchecked(contacts: Book, *, today: date) -> list[Contact]:
    """The contacts that nobody has looked at for six months; also for the operator's figures (peernet.figures)."""
    return [contact for contact in contacts.contacts if today - contact.last_checked > FRESH_FOR]


def _missing(contacts: tuple[Contact, ...]) -> Iterator[CheckMessage]:
    first = [contact.digits() for contact in contacts[: len(ALWAYS)]]
    for nation in Nation:
        here = [contact for contact in contacts if nation in contact.nations]
        for (digits, name), numbers in zip(ALWAYS.items(), first, strict=True):
            if digits not in numbers or not any(digits in c.digits() for c in here):
                yield Error(f"{name} is missing or not first in {nation.label}", id="helpnow.E002")
        if nation is Nation.NORTHERN_IRELAND and any(c.digits() & {"111", "18001111"} for c in here):
            yield Error("There is no NHS 111 in Northern Ireland", id="helpnow.E003")
