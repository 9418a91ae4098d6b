"""What a mail says. About news it says nothing: not what, not who, not what kind of place this is."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from notices import kinds
from notices.marks import stop_token
from notices.models import Outgoing


def letter(outgoing: Outgoing, address: str) -> EmailMessage:
    """Return the mail for this row to this address; the same row always bears the same Message-ID."""
    site = settings.SITE_ADDRESS.rstrip("/")
    mark = salted_hmac("notices.outgoing", str(outgoing.pk)).hexdigest()[:32]
    headers = {"Message-ID": f"<{mark}@{urlsplit(site).hostname}>", "Auto-Submitted": "auto-generated"}
    subject, body = outgoing.subject, outgoing.body
    if outgoing.notice is not None:
        subject = _("Something new for you")
        body = _("There is something new for you. Sign in to read it: %(address)s") % {"address": f"{site}/"}
        if (adds := kinds.get(outgoing.notice.kind).mail_adds) is not None:
            body = f"{body}\n\n{adds(outgoing.notice)}"
        # Mail programs show it as a button of their own: no more of these, without signing in.
        stop = reverse("notices:stop", args=[stop_token(outgoing.notice.person)])
        headers["List-Unsubscribe"] = f"<{site}{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
