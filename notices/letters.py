"""What a mail says. About news it says nothing: not what, not who, not what kind of place this is."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from notices import kinds
from notices.marks import stop_token
from notices.models import Notice, Outgoing


def letter(outgoing: Outgoing, address: str, together: Sequence[Outgoing] = ()) -> EmailMessage:
    """Return the mail for this row to this address; the same row always bears the same Message-ID.

    `together`: all rows that it goes out for, where there are several.
    """
    site = settings.SITE_ADDRESS.rstrip("/")
    mark = salted_hmac("notices.outgoing", str(outgoing.pk)).hexdigest()[:32]
    headers = {"Message-ID": f"<{mark}@{urlsplit(site).hostname}>", "Auto-Submitted": "auto-generated"}
    subject, body = outgoing.subject, outgoing.body
    if outgoing.notice is not None:
        subject = _("Something new for you")
        body = _("There is something new for you. Sign in to read it: %(address)s") % {"address": f"{site}/"}
        body = "\n\n".join([body, *_additions([one.notice for one in together or [outgoing] if one.notice])])
        # Mail programs show it as a button of their own: no more of these, without signing in.
        stop = reverse("notices:stop", args=[stop_token(outgoing.notice.person)])
        headers["List-Unsubscribe"] = f"<{site}{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def _additions(notices: list[Notice]) -> list[str]:
    """What their kinds add, each for all that it is about."""
    adds: dict[kinds.type_of_line, list[Notice]] = {}
    for notice in notices:
        if (line := kinds.get(notice.kind).mail_adds) is not None:
            adds.setdefault(line, []).append(notice)
    return [line(about) for line, about in adds.items()]
