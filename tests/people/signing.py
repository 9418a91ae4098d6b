"""Signing in as people do it: through the pages."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notices.models import Outgoing
from people import totp
from people.models import Person

PASSWORD = "seven quiet otters"
NEW_PASSWORD = "nine loud badgers"
NAME = "amber-lantern-field-42"
ADDRESS = "somebody@example.org"
LOGIN, RESET, CODE = "/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/confirm/"
WRONG = "not the password at all"


class Work(NamedTuple):
    """What an answer cost."""

    status: int
    queries: int
    hashes: int


def make_person(name: str = NAME, *, password: str = PASSWORD, email: str = "", proved: bool = True) -> Person:
    person = Person.objects.create_person(sign_in_name=name, password=password, created_at=datetime.now(UTC))
    if email:
        EmailAddress.objects.create(user=person, email=email, verified=proved, primary=proved)
    return person


def give_app(person: Person) -> str:
    """Set up an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_now(secret: str, *, steps: int = 0) -> str:
    return totp.code_for(secret, datetime.now(UTC) + timedelta(seconds=30 * steps))


def sign_in(client: Client, login: str = NAME, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": login, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def mails() -> list[Outgoing]:
    """Account mails in the outbox, the oldest first."""
    return list(Outgoing.objects.filter(notice=None).order_by("id"))


def mailed_code(address: str = ADDRESS) -> str:
    body = [mail.body for mail in mails() if mail.address == address][-1]
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", body)
    return found.group() if found else ""


@contextmanager
def counted_hashes(hasher: str = "Argon2PasswordHasher"):
    """Count how often a password is hashed, to make one or to check one."""
    kind, calls = getattr(hashers, hasher), []
    kept = kind.encode, kind.verify
    kind.encode = lambda self, *args, **named: calls.append("encode") or kept[0](self, *args, **named)
    kind.verify = lambda self, *args, **named: calls.append("verify") or kept[1](self, *args, **named)
    try:
        yield calls
    finally:
        kind.encode, kind.verify = kept


def work_of(client: Client, path: str, fields: dict[str, str]) -> Work:
    """Send a form and return what the answer cost."""
    with (
        counted_hashes() as hashes,
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        response = client.post(path, fields)
    asked = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))]
    return Work(response.status_code, len(asked), len(hashes))


def same_words(one: bytes, other: bytes, *typed: str) -> bool:
    """Whether two pages say the same, but for the form's token and mark, and what was typed."""
    return _bare(one, typed) == _bare(other, typed)


def _bare(page: bytes, typed: tuple[str, ...]) -> str:
    words = re.sub(r'name="(?:csrfmiddlewaretoken|written_by)" value="[^"]+"', "", page.decode())
    for text in typed:
        words = words.replace(text, "")
    return words
