"""Inviting somebody: a member proposes, one of the Top Three makes the link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import services
from communities.entry import enter, or_404
from communities.forms import InvitationForm
from communities.policies import holds_office, may_propose_invitation
from communities.queries import access_invitation, invitations_seen_by, open_link, rules_of
from communities.seeing import audience


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open, and a form to propose somebody."""
    membership, now = enter(request, slug)
    or_404(may_propose_invitation(membership))
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        services.propose_invitation(by=membership, label=form.cleaned_data["label"])
        messages.success(request, _("Proposed. One of the Top Three can make the link now."))
        return redirect("communities:invitations", slug)
    decides = bool(holds_office(membership, now))
    rules = rules_of(membership.community)
    referral = open_link(membership.community) if rules.self_referral else None
    context = {
        "page_kind": "invitations",
        "form": form,
        "decides": decides,
        "invitations": invitations_seen_by(membership, decides=decides),
        "now": now,
        "open_link": _address(request, referral.token) if referral else "",
        "open_since": referral.since if referral else None,
        "has_open_link": rules.self_referral,
        "seen_by": audience("invitation"),
    }
    return render(request, "communities/invitations.html", context)


@require_POST
def make_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make the single-use link and show it, this once."""
    membership, _now = enter(request, slug)
    invitation = access_invitation(membership, pk)
    token = services.send_invitation(invitation=invitation, by=membership)
    invitation.refresh_from_db(fields=["expires_at"])
    context = {"link": _address(request, token), "invitation": invitation}
    return render(request, "communities/link_made.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    membership, _now = enter(request, slug)
    services.withdraw_invitation(invitation=access_invitation(membership, pk), by=membership)
    messages.success(request, _("Taken back. Its link opens nothing any more."))
    return redirect("communities:invitations", slug)


@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """End the open link and make a new one."""
    membership, _now = enter(request, slug)
    services.renew_open_link(by=membership)
    messages.success(request, _("There is a new open link. The old one opens nothing any more."))
    return redirect("communities:invitations", slug)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("communities:join", args=[token]))
