"""A sitting: from signing in to its end. How long it lasts, and what it has proved (safety checks 1.14)."""

import json
from datetime import UTC, datetime, timedelta

from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from people import kept, sealing
from people.decisions import Sitting
from people.models import Person
from people.services import NewPerson
from people.stages import KEEP_SIGNED_IN

LASTS = timedelta(hours=8)
# Where "keep me signed in on this phone" was ticked.
LASTS_KEPT = timedelta(days=30)
# The Top Three and staff give the second step again after this, before a decision.
SECOND_FACTOR_LASTS = timedelta(hours=12)
SHOWN_ONCE = "shown_once"
TAB_KEY = "key of a tab"


def of(request: HttpRequest) -> Sitting:
    """Return what this sitting has proved; for the door that makes a membership of a request. No query of its own."""
    records = get_authentication_records(request, request.user if request.user.is_authenticated else None)
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    return Sitting(second_factor_at=datetime.fromtimestamp(max(times), UTC) if times else None)


def fresh(sitting: Sitting, now: datetime) -> bool:
    """Whether the second step was given within the last 12 hours, as a decision of the Top Three or staff needs."""
    return sitting.second_factor_at is not None and now - sitting.second_factor_at < SECOND_FACTOR_LASTS


def tab_key(request: HttpRequest) -> str:
    """Return the key under which a page keeps unsaved words in its tab: 64 hex characters, of this sitting alone.

    After signing out, and in any other sitting, what was kept under it is unreadable (ADR 0015).
    """
    return sealing.digest(TAB_KEY, request.session.session_key or "")


def set_length(request: HttpRequest, *, keep_signed_in: bool, now: datetime) -> None:
    """Set when this sitting ends, whatever happens in it: 8 hours or 30 days from now."""
    request.session.set_expiry(now + (LASTS_KEPT if keep_signed_in else LASTS))


def begin_first(request: HttpRequest, new: NewPerson, *, then: str) -> HttpResponse:
    """Sign a new person in and return the way to the page that shows name and codes once; after it comes `then`.

    Called by the communities' join page after `people.services.sign_up`.
    """
    put_codes(request, new.sign_in_name, new.recovery_codes)
    return begin(request, new.person, then=with_next("people:keep_these", then))


def begin(
    request: HttpRequest, person: Person, *, then: str = "", keep_signed_in: bool = False, kept_words: str = ""
) -> HttpResponse:
    """Sign in somebody whose password was right; the second step is asked for if they have one.

    Then comes `then`, or the place where the words that were carried along belong. Until the second step is given
    nothing of these is in the sitting but sealed (people.stages).
    """
    record_authentication(request, person, method="password")
    return perform_login(request, login_of(person, then, keep_signed_in, kept_words))


def login_of(person: Person, then: str, keep_signed_in: bool, kept_words: str) -> Login:
    """Return what allauth carries through the stages of signing in. Words from another person's page are let go."""
    words = kept.unseal_for(kept_words, person.pk)
    state = {KEEP_SIGNED_IN: keep_signed_in, "kept": kept_words if words else ""}
    return Login(user=person, redirect_url=safe(then) or safe(words.path if words else "") or None, state=state)


def go_on(request: HttpRequest, person: Person) -> None:
    """Let this one sitting go on after the password has changed (all others have ended)."""
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)


def put_codes(request: HttpRequest, sign_in_name: str, codes: list[str]) -> None:
    """Lay name and codes, sealed, into the sitting, to be shown once."""
    words = json.dumps({"sign_in_name": sign_in_name, "codes": codes})
    request.session[SHOWN_ONCE] = sealing.seal("shown once", words)


def take_codes(request: HttpRequest) -> dict[str, object]:
    """Return what is to be shown, once: {} ever after."""
    token = request.session.pop(SHOWN_ONCE, "")
    words = sealing.unseal("shown once", token) if token else None
    return json.loads(words) if words else {}


def safe(path: str | None) -> str:
    """Return a path of this site, or "" for anything that could lead elsewhere (safety checks 1.13)."""
    path = path or ""
    inside = path.startswith("/") and not path.startswith("//")
    return path if inside and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def with_next(name: str, then: str) -> str:
    """Return the address of a page that goes on to `then` afterwards."""
    return f"{reverse(name)}?{urlencode({'next': then})}" if safe(then) else reverse(name)
