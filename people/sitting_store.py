"""Where sittings lie: Django's own table and store, which every page asks first, so that question is prepared."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from prepared import given, prepared


class SessionStore(DjangoStore):
    """Django's, but for how a sitting is looked up."""

    def load(self) -> dict[str, Any]:
        """Return what lies in the sitting; one that is not there any more is Django's to deal with."""
        found = _open_sitting(key=self.session_key, now=timezone.now())
        return self.decode(found[0].session_data) if found else super().load()


@prepared
def _open_sitting() -> QuerySet[Any]:
    return Session.objects.filter(session_key=given("key"), expire_date__gt=given("now"))
