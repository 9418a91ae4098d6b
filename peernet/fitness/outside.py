"""What the outside sees and what the site reaches: its address, its mail, the page people leave to."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings


def served_under_a_real_address() -> Iterator[str]:
    """Real people come by https to a name that is not this machine's own."""
    if settings.EMBEDDED:
        yield "PEERNET_HOSTS names only this machine: say under which names people reach the site."
    if "*" in settings.ALLOWED_HOSTS:
        yield "PEERNET_HOSTS allows every name: list the site's own."
    address = urlsplit(settings.SITE_ADDRESS)
    if address.scheme != "https":
        yield "PEERNET_ADDRESS does not begin with https://, so what people write would travel in the open."
    if (address.hostname or "") not in settings.ALLOWED_HOSTS:
        yield "PEERNET_ADDRESS is not among PEERNET_HOSTS, so links in mails would lead nowhere."


def mail_can_go_out() -> Iterator[str]:
    """Holds are told by mail: without it nobody learns of one at night."""
    if not settings.EMAIL_HOST:
        yield "PEERNET_MAIL_HOST is not set: mails wait in the outbox and nobody is told of a hold by mail."
        return
    if not settings.DEFAULT_FROM_EMAIL:
        yield "PEERNET_MAIL_FROM is not set: mails wait in the outbox."
    if settings.MAIL_TLS == "none" and settings.EMAIL_HOST not in settings.LOOPBACK_HOSTS:
        yield "PEERNET_MAIL_TLS is none, but the mail server is elsewhere: addresses would travel in the open."


def the_way_out_leads_away() -> Iterator[str]:
    """Somebody who leaves in a hurry must land on a page that is not ours and needs no explaining."""
    exit_address = urlsplit(settings.EXIT_ADDRESS)
    if exit_address.scheme != "https" or not exit_address.hostname:
        yield "PEERNET_EXIT_ADDRESS is not an https address."
    elif exit_address.hostname in settings.ALLOWED_HOSTS:
        yield "PEERNET_EXIT_ADDRESS leads back to this site: choose a neutral page elsewhere."


def jobs_have_a_broker() -> Iterator[str]:
    """Several processes find each other through Redis; threads in one process are for trying the site out."""
    if not settings.REDIS_URL:
        yield "PEERNET_REDIS_URL is not set: jobs run as threads of one process, which is for trying the site out."


def the_proxy_is_known() -> Iterator[str]:
    """Without it everybody seems to come from the proxy: the limits on guessing would count them all as one."""
    if not settings.EMBEDDED and not settings.TRUSTED_PROXIES:
        yield "PEERNET_PROXIES is 0: say how many proxies of yours stand before the site (deploy/nginx.conf is one)."
