"""The page behind a link: what community this is, and a form to come in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

import clock
from communities import tokens
from communities.forms import JoinForm, SignUpAndJoinForm
from communities.queries import OpenDoor, behind_link, belonging_to, rules_of
from communities.rules import ADMISSION_WORDS, PRESETS
from people import devices, sittings
from people.models import Person


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Anybody who holds a link that opens something. A link that opens nothing says whom to ask."""
    door = behind_link(token, now=clock.now(), hashed=tokens.hashed(token))
    if door is None:
        return render(request, "communities/link_gone.html", status=404)
    if isinstance(request.user, Person):
        return _join_signed_in(request, token, door, request.user)
    form = SignUpAndJoinForm(request.POST or None, initial={"nation": door.community.nation})
    if form.is_valid() and (joined := form.join(token=token, source=devices.source(request, None))):
        member, newcomer = joined
        front = reverse("boards:front", args=[member.community.slug])
        return sittings.begin_first(request, newcomer, then=front)
    return _page(request, door, form)


def _join_signed_in(request: HttpRequest, token: str, door: OpenDoor, person: Person) -> HttpResponse:
    if belonging_to(door.community, person):
        return render(request, "communities/belongs_already.html", {"joining": door.community})
    form = JoinForm(request.POST or None)
    if form.is_valid() and (member := form.join(token=token, person=person)):
        return redirect("boards:front", member.community.slug)
    return _page(request, door, form)


def _page(request: HttpRequest, door: OpenDoor, form: JoinForm | SignUpAndJoinForm) -> HttpResponse:
    rules = rules_of(door.community)
    context = {
        "joining": door.community,
        "preset": PRESETS.get(door.community.preset, ""),
        "way": door.invitation.way if door.invitation else "member",
        "admission": ADMISSION_WORDS[rules.admission],
        "form": form,
    }
    return render(request, "communities/join.html", context)
