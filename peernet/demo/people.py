"""Signing in as somebody of the demo: one password for all, and a known second step that goes through the real check."""

import base64
import hashlib
from collections.abc import Iterator

import clock
from peernet.demo import book
from peernet.demo.book import DemoPerson
from people import totp
from people.models import Person

PASSWORD = "three quiet weeks"  # noqa: S105


def secret_of(person: DemoPerson) -> str:
    """The authenticator secret of a demo person, the same on every machine."""
    return base64.b32encode(hashlib.sha256(f"peernet demo {person.key}".encode()).digest()[:20]).decode()


def described(person: DemoPerson) -> dict[str, object]:
    """One person as `peernet demo --json` prints them; `code` is the second step's code of this moment, or None."""
    secret = secret_of(person) if person.has_second_step else None
    also = person.table.get("also")
    return {
        "key": person.key,
        "display_name": person.display_name,
        "sign_in_name": person.sign_in_name,
        "password": PASSWORD,
        "community": person.community,
        "also_in": also["community"] if also else None,
        "kind": person.table["kind"],
        "state": person.table["state"],
        "roles": person.roles,
        "second_step_secret": secret,
        "code": totp.code_for(secret, clock.now()) if secret else None,
    }


def sign_in_lines() -> Iterator[str]:
    """The lines that `peernet run` prints: who there is and how to sign in as each. Nothing where there is no demo."""
    if not Person.objects.filter(is_demo=True).exists():
        return
    yield f"The demo's people all have the password: {PASSWORD}"
    yield "Those marked * have a second step; `peernet demo` prints their codes of the moment."
    for slug in ("fellside", "riverside"):
        yield ""
        yield f"{book.community(slug)['community']['name']}  /c/{slug}/"
        for person in book.people():
            if person.community == slug:
                role = ", ".join(role.replace("_", " ") for role in [*person.roles, person.table["state"]])
                mark = "*" if person.has_second_step else " "
                yield f"  {mark} {person.sign_in_name:28} {person.display_name:9} {_kind(person)}{role}"
    yield ""


def _kind(person: DemoPerson) -> str:
    return "staff, " if person.is_staff else ""
