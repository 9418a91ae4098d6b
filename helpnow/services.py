"""Leaving: ending one's own sitting on this device."""

from importlib import import_module

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest


def end_sitting(request: HttpRequest) -> None:
    """End the sitting this request came with, and nothing else: no draft, no other device, no limit is touched.

    Anybody may call it, signed in or not. A form sent from another site carries no sitting (`SameSite=Lax`), so
    it ends none. With the database away the cookie still goes, so this device is signed out all the same.
    """
    try:
        request.session.flush()
    except DatabaseError:
        # An empty sitting in its place makes the session middleware take the cookie away.
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
