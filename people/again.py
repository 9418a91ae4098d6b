"""Showing again that it is really you, before something that a phone left open must not give away or do."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from people.models import Person
from people.queries import has_second_factor
from people.sittings import with_next


def proved_lately(request: HttpRequest, person: Person, now: datetime) -> bool:
    """Whether this sitting gave the password (with a second step: that) within the last five minutes. One query."""
    wanted = "mfa" if has_second_factor(person) else "password"
    since = now - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    records = get_authentication_records(request, person)
    return any(record.get("method") == wanted and record["at"] > since.timestamp() for record in records)


def ask_again(then: str) -> str:
    """The address that asks for it and leads on to `then`, a path of this site."""
    return with_next("account_reauthenticate", then)
