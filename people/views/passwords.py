"""Changing a password, and getting a new one by e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clock import now
from people import mailed_codes, queries, services, sittings
from people.forms import ChangePasswordForm, MailedCodeForm, NewPasswordForm, ResetForm
from people.mailed_codes import RESET
from people.views.shown import PersonRequest, status_of


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: PersonRequest) -> HttpResponse:
    """The old one and a new one; every other sitting ends."""
    form = ChangePasswordForm(request.POST or None, request=request, person=request.user)
    if form.is_valid():
        services.change_password(person=request.user, password=form.cleaned_data["new"], now=now())
        sittings.go_on(request, request.user)
        messages.success(request, _("Your password is new. Everywhere else you are signed out."))
        return redirect("people:your_sign_in")
    context = {"form": form, "page_kind": "account"}
    return render(request, "account/password_change.html", context, status=status_of(form))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """An e-mail goes in; the same page comes out whether anybody has proved it here or not."""
    form = ResetForm(request.POST or None, request=request)
    if form.is_valid():
        at, address = now(), form.cleaned_data["email"]
        holder = queries.holder_of(address)
        code = mailed_codes.begin(request, RESET, address=address, person=holder, now=at)
        services.send_code(address=address, code=code if holder else "", now=at)
        return redirect("account_confirm_password_reset_code")
    context = {"form": form, "page_kind": "account"}
    return render(request, "account/password_reset.html", context, status=status_of(form))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """The code from the mail."""
    if not mailed_codes.waiting(request, RESET):
        return redirect("account_reset_password")
    form = MailedCodeForm(request.POST or None, request=request, purpose=RESET)
    if form.is_valid():
        return redirect("account_complete_password_reset")
    context = {"form": form, "address": mailed_codes.address_of(request, RESET), "page_kind": "account"}
    return render(request, "account/confirm_password_reset_code.html", context, status=status_of(form))


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_after_code(request: HttpRequest) -> HttpResponse:
    """A new password for whoever gave the right code. Nobody is signed in by it: that still takes both steps."""
    person = mailed_codes.proved(request, RESET, now=now())
    if person is None:
        return redirect("account_reset_password")
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        mailed_codes.end(request, RESET)
        services.reset_password(person=person, password=form.cleaned_data["password"], now=now())
        messages.success(request, _("Your password is new. Please sign in with it."))
        return redirect("account_login")
    context = {"form": form, "page_kind": "account"}
    return render(request, "account/password_reset_from_key.html", context)
