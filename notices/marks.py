"""Signed marks that outlast a sitting: which phone this browser is, and whose mails a link in a mail stops."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from notices.models import Phone
from people.models import Person

COOKIE = "phone"
# The longest a browser keeps a cookie.
LASTS_SECONDS = 400 * 24 * 3600
STOP = "notices.stop"


def mark_phone(response: HttpResponse, phone: Phone) -> None:
    """Let this browser say, from now on, which phone it is."""
    response.set_cookie(
        COOKIE,
        signing.dumps(phone.pk, salt=COOKIE),
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def phone_of(request: HttpRequest) -> int | None:
    """The number of the phone this browser is, or None. It opens nothing: it only says which row to end."""
    if COOKIE not in request.COOKIES:
        return None
    try:
        return int(signing.loads(request.COOKIES[COOKIE], salt=COOKIE, max_age=LASTS_SECONDS))
    except signing.BadSignature:
        return None


def stop_token(person: Person) -> str:
    """What stands in the address that stops this person's mails. It does nothing else and names nobody."""
    return signing.Signer(salt=STOP).sign_object([person.pk])


def person_of(token: str) -> Person | None:
    """Whose mails this token stops; None for one that is not ours."""
    try:
        [pk] = signing.Signer(salt=STOP).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Person.objects.filter(pk=pk, is_active=True).first()
