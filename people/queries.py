"""What others may know of a person: how they are found at sign-in, and what they have set up."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from people.models import Person, WayBackLink
from people.sealing import digests
from people.sign_in_names import looked_for

# Many browsers call themselves by several names: the first that is found is the one.
BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def find_for_sign_in(typed: str) -> Person | None:
    """Return who signs in with this sign-in name or proved e-mail, if there is such a person. Always one query.

    An e-mail that was never proved signs nobody in (domain: people and communities).
    """
    wanted = looked_for(typed)
    people = Person.objects.filter(is_active=True)
    if "@" in wanted:
        return people.filter(emailaddress__email=wanted, emailaddress__verified=True).first()
    return people.filter(sign_in_name=wanted).first()


def holder_of(address: str) -> Person | None:
    """Return who has proved this e-mail, if anybody has. One query."""
    return Person.objects.filter(emailaddress__email=address.lower(), emailaddress__verified=True).first()


def proved_email(person: Person) -> str:
    """Return the e-mail this person has proved, or "". One query."""
    return EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True).first() or ""


def has_second_factor(person: Person) -> bool:
    """Whether this person has a second step (an authenticator app or a passkey). One query.

    The Top Three and staff can't act as such without one (safety checks 1.9).
    """
    return Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exists()


def spare_codes_left(person: Person) -> int:
    """Return how many spare codes for the second step are unused. One query."""
    spare = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(spare.wrap().get_unused_codes()) if spare else 0


def recovery_codes_left(person: Person) -> int:
    """Return how many ways back on paper are unused. One query."""
    return person.recovery_codes.filter(used_at=None).count()


def open_way_back(token: str, now: datetime) -> WayBackLink | None:
    """Return the link for this token, if it still works. Unknown, used and too old look the same. One query."""
    links = WayBackLink.objects.open_at(now).filter(digest__in=digests("way back", token))
    return links.select_related("person").first()


@dataclass(frozen=True)
class SignedIn:
    """A phone or computer somebody is signed in on."""

    number: int
    device: str
    since: datetime
    is_this: bool


def sittings_of(person: Person, this: str | None) -> list[SignedIn]:
    """Return where this person is signed in, this device first, then the newest. Ended ones are cleared away."""
    rows = UserSession.objects.purge_and_list(person)
    found = [SignedIn(row.pk, device_of(row.user_agent), row.created_at, row.session_key == this) for row in rows]
    return sorted(found, key=lambda one: (not one.is_this, -one.since.timestamp()))


def device_of(user_agent: str) -> str:
    """Return a browser's own description in plain words, as far as it can be told: "Chrome on Android"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A phone or computer")
