"""The second step: giving it, setting it up, taking it away. allauth's views, in our words, recorded and counted."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clock import now
from people import services, sittings
from people.forms import PasswordAgainForm
from people.queries import has_second_factor
from people.views.shown import PersonRequest, status_of, then_of


class Shown:
    """Says by its status too when there were too many tries."""

    extra_context = {"page_kind": "account"}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status_of(form))  # type: ignore[attr-defined]


@require_safe
def second_step(request: PersonRequest) -> HttpResponse:
    """Lead to whichever second step this person has, and back to `next` afterwards."""
    then = then_of(request)
    if not has_second_factor(request.user):
        return redirect(sittings.with_next("mfa_index", then))
    url_names = {
        "mfa_reauthenticate": "mfa_reauthenticate",
        "mfa_reauthenticate:webauthn": "mfa_reauthenticate_webauthn",
    }
    method = get_adapter().get_reauthentication_methods(request.user)[0]["id"]
    return redirect(sittings.with_next(url_names[method], then))


class PasswordAgain(Shown, BaseReauthenticateView):
    """The password once more, before one's sign-in is changed."""

    form_class = PasswordAgainForm
    template_name = "account/reauthenticate.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request, "person": self.request.user}

    def form_valid(self, form: PasswordAgainForm) -> HttpResponse:
        reauthenticate_by_password(self.request)
        return super().form_valid(form)


class AtSignIn(base.AuthenticateView):
    """The second half of signing in."""

    extra_context = {"page_kind": "account"}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=status_of(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        login = self.stage.login
        carried = {"kept_words": login.state.get("kept", ""), "next": login.redirect_url or ""}
        return {**super().get_context_data(**kwargs), **carried}


class CodeAgain(Shown, base.ReauthenticateView):
    """The code once more: before a decision, or before one's sign-in is changed."""


class PasskeyAgain(passkeys.ReauthenticateWebAuthnView):
    """The passkey once more."""

    extra_context = {"page_kind": "account"}

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("That passkey did not fit. Please try again."))
        return redirect(sittings.with_next("mfa_reauthenticate_webauthn", then_of(self.request)))


class Overview(base.IndexView):
    """What one has, and what one could set up."""

    extra_context = {"page_kind": "account"}


class Recorded:
    """A change of the second step and its entry in the record happen together or not at all."""

    verb: str
    request: PersonRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)  # type: ignore[misc]
            services.second_factor_changed(person=self.request.user, verb=self.verb, now=now())
        return response


class Given(Recorded):
    """Setting one up well also gives it, so that nobody is asked for it twice in a minute."""

    kind: str

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=self.kind)
        return response


class AddApp(Given, Shown, app.ActivateTOTPView):
    verb, kind = "added an authenticator app", "totp"


class RemoveApp(Recorded, app.DeactivateTOTPView):
    verb = "removed the authenticator app"
    extra_context = {"page_kind": "account"}


class AddPasskey(Given, passkeys.AddWebAuthnView):
    verb, kind = "added a passkey", "webauthn"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own drops what it is given, so that a name too long would come back without a word about it.
        return {**super().get_context_data(**kwargs), **kwargs, "page_kind": "account"}


class RemovePasskey(Recorded, passkeys.RemoveWebAuthnView):
    verb = "removed a passkey"
    success_url = reverse_lazy("mfa_index")
    extra_context = {"page_kind": "account"}


class NewSpareCodes(Recorded, spare.GenerateRecoveryCodesView):
    verb = "made spare codes"
    extra_context = {"page_kind": "account"}


class SpareCodes(spare.ViewRecoveryCodesView):
    extra_context = {"page_kind": "account"}
