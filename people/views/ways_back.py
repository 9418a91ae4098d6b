"""Ways back for somebody who has lost the password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clock import now
from people import queries, services, tries
from people.forms import CodeWayBackForm, PersonWayBackForm
from people.views.shown import status_of


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """A sign-in name and a recovery code make a new password. Signing in still takes the second step."""
    form = CodeWayBackForm(request.POST or None, request=request)
    if form.is_valid():
        messages.success(request, _("Your password is new. Please sign in with it."))
        return redirect("account_login")
    context = {"form": form, "page_kind": "account"}
    return render(request, "people/way_back.html", context, status=status_of(form))


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that two others made face to face with its owner. Looking uses nothing up; the button does."""
    link = queries.open_way_back(token, now())
    if link is None:
        return render(request, "people/way_back_gone.html", {"page_kind": "account"}, status=404)
    form = PersonWayBackForm(request.POST or None, request=request, link=link)
    if form.is_valid() and _used(form, token):
        messages.success(request, _("Your password is new. Please sign in with it."))
        return redirect("account_login")
    context = {"form": form, "link": link, "page_kind": "account"}
    return render(request, "people/way_back_link.html", context, status=status_of(form))


def _used(form: PersonWayBackForm, token: str) -> bool:
    code = form.cleaned_data["recovery_code"]
    password = form.cleaned_data["password"]
    used = services.use_way_back(token=token, password=password, recovery_code=code, now=now())
    if used:
        tries.forget(form.counter(form.link.person))
    else:
        form.add_error("recovery_code", _("That code does not fit. Leave this empty if you have none."))
    return used
