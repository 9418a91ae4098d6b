"""The front door: for those outside, what this is; for those inside, their own communities."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.lifecycle import HERE, State
from communities.queries import memberships_of
from communities.services import end_if_over
from people.models import Person


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everybody. It names no community to somebody who is not signed in."""
    if not isinstance(request.user, Person):
        return render(request, "home_outside.html", {"page_kind": "front"})
    memberships = [end_if_over(one) if one.state == State.SUSPENDED else one for one in memberships_of(request.user)]
    context = {
        "page_kind": "front",
        "here": [one for one in memberships if one.state in HERE],
        "left": [one for one in memberships if one.state == State.LEFT],
    }
    return render(request, "home.html", context)
