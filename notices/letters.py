"""What a mail says. About news it says nothing: not what, not who, not what kind of place this is."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from notices.models import Outgoing


def letter(outgoing: Outgoing, address: str) -> EmailMessage:
    """Return the mail for this row to this address; the same row always bears the same Message-ID."""
    if outgoing.notice_id is None:
        subject, body = outgoing.subject, outgoing.body
    else:
        subject = _("Something new for you")
        body = _("There is something new for you. Sign in to read it: %(address)s") % {
            "address": settings.SITE_ADDRESS.rstrip("/") + "/"
        }
    mark = salted_hmac("notices.outgoing", str(outgoing.pk)).hexdigest()[:32]
    host = settings.SITE_ADDRESS.rpartition("/")[2].partition(":")[0]
    headers = {"Message-ID": f"<{mark}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
