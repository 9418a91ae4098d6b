"""The one e-mail somebody may have here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from clock import now
from people import mailed_codes, queries, services
from people.forms import EmailForm, MailedCodeForm, PasswordAgainForm
from people.mailed_codes import PROVE
from people.views.shown import PersonRequest, status_of


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: PersonRequest) -> HttpResponse:
    """Add an e-mail or put another in its place; the same page whether somebody else has it or not."""
    form = EmailForm(request.POST or None, request=request, person=request.user)
    if form.is_valid():
        _send(request, form.cleaned_data["email"])
        return redirect("account_email_verification_sent")
    return _page(request, form=form)


@sensitive_post_parameters("password")
@require_POST
def remove_email(request: PersonRequest) -> HttpResponse:
    """Forget the e-mail, for the password."""
    form = PasswordAgainForm(request.POST, request=request, person=request.user, prefix="remove")
    if form.is_valid():
        services.remove_email(person=request.user, now=now())
        messages.success(request, _("Your e-mail is taken out. We send you no more mail."))
        return redirect("account_email")
    return _page(request, remove_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: PersonRequest) -> HttpResponse:
    """The code from the mail; from now on the e-mail is theirs here."""
    if not mailed_codes.waiting(request, PROVE):
        return redirect("account_email")
    address = mailed_codes.address_of(request, PROVE)
    form = MailedCodeForm(request.POST or None, request=request, purpose=PROVE)
    if form.is_valid():
        mailed_codes.end(request, PROVE)
        if services.prove_email(person=request.user, address=address, now=now()):
            messages.success(request, _("Your e-mail is set. You can sign in with it too."))
        else:
            messages.warning(request, _("That did not work. Please ask for a new code."))
        return redirect("account_email")
    context = {"form": form, "address": address, "page_kind": "account"}
    template = "account/confirm_email_verification_code.html"
    return render(request, template, context, status=status_of(form))


def _send(request: PersonRequest, address: str) -> None:
    at = now()
    holder = queries.holder_of(address)
    free = holder is None or holder.pk == request.user.pk
    code = mailed_codes.begin(request, PROVE, address=address, person=request.user if free else None, now=at)
    services.send_code(address=address, code=code if free else "", now=at)


def _page(
    request: PersonRequest, *, form: EmailForm | None = None, remove_form: PasswordAgainForm | None = None
) -> HttpResponse:
    person = request.user
    context = {
        "email": queries.proved_email(person),
        "form": form or EmailForm(request=request, person=person),
        "remove_form": remove_form or PasswordAgainForm(request=request, person=person, prefix="remove"),
        "page_kind": "account",
    }
    return render(request, "account/email.html", context, status=status_of(form or remove_form))
