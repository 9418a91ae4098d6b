"""Who a sitting belongs to: allauth's backend, but that the person is found by a prepared question on every page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from people.models import Person
from prepared import given, prepared


class Backend(AuthenticationBackend):
    """Sign-in itself asks `people.services.password_fits`; this only brings a sitting its person."""

    def get_user(self, user_id: int) -> Person | None:
        found = _person(pk=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _person() -> QuerySet[Any]:
    return Person.objects.filter(pk=given("pk"))
