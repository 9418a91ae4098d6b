"""What mails and phones give away by themselves, and the setting that only tests may use."""

import re
from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from communities.models import Community

# Beginnings of words that say what kind of place this is.
TELLING = (
    "abuse",
    "addict",
    "anxi",
    "asylum",
    "clinic",
    "community",
    "counsel",
    "crisis",
    "depress",
    "disorder",
    "haven",
    "health",
    "helpline",
    "hospital",
    "mental",
    "mind",
    "nhs",
    "patient",
    "peer",
    "personality",
    "psych",
    "recover",
    "refuge",
    "samaritan",
    "self-harm",
    "selfharm",
    "suicid",
    "support",
    "survivor",
    "therap",
    "trauma",
    "wellbeing",
)
# A name that says nothing of itself can still be known in the street.
SHORTEST_NAME = 4


def names_are_neutral() -> Iterator[str]:
    """Who a mail comes from, the address in it and the word on a home screen are seen over shoulders."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    shown = {
        "PEERNET_MAIL_FROM": f"{name} {address}",
        "PEERNET_ADDRESS": urlsplit(settings.SITE_ADDRESS).hostname or "",
        "PEERNET_HOME_NAME": settings.HOME_NAME,
    }
    words = [*TELLING, *_own_names()]
    for variable, text in shown.items():
        given_away = [word for word in words if re.search(rf"(?<![a-z]){re.escape(word)}", text.lower())]
        if given_away:
            yield f"{variable} gives away what kind of place this is (“{given_away[0]}”): choose a neutral one."


def _own_names() -> Iterator[str]:
    """What members call their own communities: in the street it is a name like any other, in a mail it is not."""
    for name in Community.objects.values_list("name", flat=True):
        yield from (word for word in re.findall(r"[a-z]+", name.lower()) if len(word) >= SHORTEST_NAME)


def pushes_go_to_push_services_only() -> Iterator[str]:
    """The tests' own push service is on this machine; anybody's browser could name any of its ports."""
    if settings.PUSH_LOOPBACK:
        yield "PEERNET_PUSH_LOOPBACK is set, which is for tests: pushes could be sent into this machine."
