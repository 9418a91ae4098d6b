"""One's own: everything as a file, leaving a community, erasing one's posts there. Open in every state but died."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.policies import may_erase_own
from boards.queries import open_erasing, posts_to_erase
from clock import now as ask_clock
from communities.entry import or_404
from communities.lifecycle import HERE, State
from communities.policies import may_have_own_data, may_leave
from communities.queries import enough_to_open, memberships_of, offices_in, own_membership
from moderation.policies import may_be_told_to_wait
from moderation.services import erase_own_posts, leave
from peernet.own import documents
from peernet.own.forms import FileForm
from peernet.own.sending import streamed
from people import again, tries
from people.decisions import Refused
from people.views.shown import PersonRequest

# Making one takes the server some work, and nobody needs more.
FILES, FILES_WINDOW = 10, timedelta(hours=1)


@require_safe
def yours(request: PersonRequest) -> HttpResponse:
    """What is yours, and what you can do with it."""
    or_404(may_have_own_data(request.user))
    memberships = [one for one in memberships_of(request.user) if one.state != State.DIED]
    context = {
        "page_kind": "account",
        "rows": [(one, one.state in HERE, open_erasing(one)) for one in memberships],
        "asked_again": again.proved_lately(request, request.user, ask_clock()),
    }
    return render(request, "own/yours.html", context)


@require_POST
def whole(request: PersonRequest) -> HttpResponseBase:
    """Everything that is held about you, to look at or to keep; asks first that it is really you."""
    or_404(may_have_own_data(request.user))
    now = ask_clock()
    if not again.proved_lately(request, request.user, now):
        return redirect(again.ask_again(reverse("own:yours")))
    counter = tries.Counter("own data", tries.account_of(request.user, ""), "")
    if not tries.take(counter, now=now, limit=FILES, window=FILES_WINDOW):
        raise Refused(_("You have made many of these just now. Please wait an hour and try again."))
    form = FileForm(request.POST)
    chosen = form.cleaned_data["choice"] if form.is_valid() else "look"
    if chosen == "json":
        pieces = documents.in_pieces(documents.as_json(request.user, now))
        return streamed(request, pieces, "application/json", "my-data.json")
    if chosen == "page":
        pieces = documents.in_pieces(documents.as_page("own/file.html", request.user, now))
        return streamed(request, pieces, "text/html", "my-data.html")
    pieces = documents.in_pieces(documents.as_page("own/whole.html", request.user, now, request))
    return streamed(request, pieces, "text/html")


@require_http_methods(["GET", "HEAD", "POST"])
def leave_community(request: PersonRequest, slug: str) -> HttpResponse:
    """What happens when you leave, and the button."""
    membership = own_membership(person=request.user, slug=slug)
    or_404(may_leave(membership))
    if request.method == "POST":
        leave(by=membership)
        messages.success(request, _("You have left. Thank you for the time you were here. You can ask to come back."))
        return redirect("own:yours")
    held = offices_in(membership.community_id, ask_clock())
    rest = {pk: offices for pk, offices in held.items() if pk != membership.pk}
    context = {
        "page_kind": "account",
        "place": membership.community,
        "offices": held.get(membership.pk),
        "closes": enough_to_open(held) and not enough_to_open(rest),
        "mine": membership,
    }
    return render(request, "own/leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PersonRequest, slug: str) -> HttpResponse:
    """What happens when you erase your posts in one community, and the button; or how far it has come."""
    membership = own_membership(person=request.user, slug=slug)
    or_404(may_erase_own(membership))
    if not again.proved_lately(request, request.user, ask_clock()):
        return redirect(again.ask_again(request.path))
    if request.method == "POST":
        erasing = erase_own_posts(by=membership)
        said = _("Your posts there are erased.") if erasing.done_at else _("Your posts there are being erased.")
        messages.success(request, said)
        return redirect("own:erase", slug)
    context = {
        "page_kind": "account",
        "place": membership.community,
        "posts": posts_to_erase(membership),
        "erasing": open_erasing(membership),
        "waits": may_be_told_to_wait(membership),
    }
    return render(request, "own/erase.html", context)
