"""Telling somebody that their sign-in has changed. The outbox and the notices lie above this app and plug in here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person

# What `notices` shows in the site, by kind. It registers them when it plugs in.
SENTENCES: dict[str, Any] = {
    "way_back_made": gettext_lazy("Two people made a way back to your sign-in, together with you."),
    "way_back_used": gettext_lazy("A way back to your sign-in was used. The password is new."),
    "sign_in_changed": gettext_lazy("Something about how you sign in has changed."),
}
# A warning is still worth reading after days; a code is not.
WARNING_TRIED_FOR = timedelta(days=3)


class NobodyPluggedIn(RuntimeError):
    """The outbox or the notices have not called `set_outbox` and `set_teller`: mail would vanish without a word."""


_hooks: dict[str, Callable[..., Any]] = {}


def set_outbox(mail_account: Callable[..., Any]) -> None:
    """Plug in the outbox: called with `address`, `subject`, `body`, `now` and perhaps `tried_for`, in a transaction."""
    _hooks["outbox"] = mail_account


def set_teller(tell: Callable[..., Any]) -> None:
    """Plug in the notices: called with `person`, `kind`, `key`, `path`, `now`, `mail`, inside a transaction."""
    _hooks["teller"] = tell


def mail(*, address: str, subject: str, body: str, now: datetime, tried_for: timedelta | None = None) -> None:
    """Put a mail in the outbox. Neither subject nor body may say what this site is, or a name."""
    extra = {"tried_for": tried_for} if tried_for else {}
    _hook("outbox")(address=address, subject=subject, body=body, now=now, **extra)


def tell_owner(*, person: Person, kind: str, about: str, now: datetime) -> None:
    """Tell somebody about their own sign-in, in the site and by a plain mail to the e-mail they have proved.

    Called by services inside their transaction. This mail goes out whatever they chose about mails: it may be the
    only way in which they learn that somebody else is at their door. `about` tells one change from another.
    """
    key = f"sign-in:{person.pk}:{about}:{now.timestamp()}"
    _hook("teller")(person=person, kind=kind, key=key, path="/accounts/", now=now, mail=False)
    for address in EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True):
        mail(address=address, subject=_("Your sign-in"), body=_warning(), now=now, tried_for=WARNING_TRIED_FOR)


def _warning() -> str:
    return _(
        "Something about how you sign in has changed.\n\n"
        "If it was you, all is well and there is nothing to do.\n"
        "If it was not you, sign in, change your password and end the sign-ins you do not know. "
        "Then tell somebody you trust there."
    )


def _hook(name: str) -> Callable[..., Any]:
    if name not in _hooks:
        raise NobodyPluggedIn(name)
    return _hooks[name]
