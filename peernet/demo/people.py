"""Signing in as somebody of the demo: one password for all, and a known second step for some."""

import base64
import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

import clock
from communities.models import Community, SelfReferral
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


def whole_demo() -> dict[str, object]:
    """What `peernet demo --json` prints: addresses, communities, people."""
    base = settings.SITE_ADDRESS
    slugs = list(Community.objects.filter(is_demo=True).order_by("pk").values_list("slug", "name", "preset"))
    communities = [
        {"slug": slug, "name": name, "preset": preset, "address": f"{base}/c/{slug}/"} for slug, name, preset in slugs
    ]
    return {
        "address": base,
        "sign_in": f"{base}{reverse('account_login')}",
        "help_now": f"{base}{reverse('helpnow:help_now')}",
        "password": PASSWORD,
        "communities": communities,
        "open_links": [_open_link(base, row) for row in SelfReferral.objects.filter(ended_at=None)],
        "people": [described(person) for person in book.people()],
    }


def _open_link(base: str, row: SelfReferral) -> str:
    return f"{base}{reverse('communities:join', args=[row.token])}"


def sign_in_lines(*, codes: bool = False) -> Iterator[str]:
    """The lines that `peernet run` prints: who there is and how to sign in as each. Nothing where there is no demo."""
    if not Person.objects.filter(is_demo=True).exists():
        return
    yield f"The demo's people all have the password: {PASSWORD}"
    yield "Those marked * have a second step; `peernet demo` prints their codes of the moment."
    for slug in ("fellside", "riverside"):
        yield ""
        yield f"{book.community(slug)['community']['name']}  {settings.SITE_ADDRESS}/c/{slug}/"
        yield from (_line(person, codes=codes) for person in book.people() if person.community == slug)
    yield ""


def _line(person: DemoPerson, *, codes: bool) -> str:
    roles = [role.replace("_", " ") for role in person.roles]
    standing = ", ".join(
        [*(["staff"] if person.is_staff else []), *roles, str(person.table["state"]).replace("_", " ")]
    )
    mark = "*" if person.has_second_step else " "
    code = described(person)["code"] if codes else None
    return f"  {mark} {person.sign_in_name:28} {person.display_name:9} {standing}{f'  code {code}' if code else ''}"
