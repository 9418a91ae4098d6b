"""The line to the mail server. Its greeting says the site's own address and not what this machine is called."""

import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


def _greeting() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


class _Plain(smtplib.SMTP):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "local_hostname": _greeting()})


class _PlainOverTls(smtplib.SMTP_SSL):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "local_hostname": _greeting()})


class MailBackend(EmailBackend):
    """Django's own, but for the greeting: mail servers write it into the head of every mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _PlainOverTls if self.use_ssl else _Plain
