"""What the pages of signing in share."""

from typing import Any

from django.http import HttpRequest

from people import sittings
from people.models import Person


class PersonRequest(HttpRequest):
    """A request behind the sign-in: somebody is there."""

    user: Person


def status_of(form: Any) -> int:
    """429 when there were too many tries: then the page says how long to wait."""
    return 429 if getattr(form, "too_many", False) else 200


def then_of(request: HttpRequest) -> str:
    """Where to go afterwards: a path of this site, or ""."""
    return sittings.safe(request.POST.get("next") or request.GET.get("next"))
