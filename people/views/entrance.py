"""Coming in and going out."""

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import kept, sittings
from people.forms import SignInForm
from people.views.second_step import AtSignIn
from people.views.shown import status_of, then_of


@login_not_required
@sensitive_post_parameters("password", "login", "kept")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name or e-mail, and password. What somebody was writing comes along, sealed (`kept`)."""
    then = then_of(request)
    if request.user.is_authenticated:
        # Signed in meanwhile in another window: the words that came along must not fall away.
        if words_along := kept.unseal_for(request.POST.get("kept", ""), request.user.pk):
            kept.remember(request, words_along)
        return redirect(then or "/")
    # A page that only hands somebody's words on has not asked for a name yet.
    asked = request.method == "POST" and "login" in request.POST
    words = {"kept": request.POST.get("kept", "")}
    form = SignInForm(request.POST if asked else None, request=request, initial=words)
    if form.is_valid():
        answers = form.cleaned_data
        return sittings.begin(
            request, form.person, then=then, keep_signed_in=answers["remember"], kept_words=answers["kept"]
        )
    kept_words = form["kept"].value() or ""
    context = {"form": form, "next": then, "kept_words": kept_words, "page_kind": "account"}
    return render(request, "account/login.html", context, status=status_of(form))


@login_not_required
@sensitive_post_parameters("code", "kept")
def second_half(request: HttpRequest) -> HttpResponse:
    """The second step. When it took too long, signing in begins again, with the words still there."""
    answer = AtSignIn.as_view()(request)
    if request.POST.get("kept") and answer.headers.get("Location") == reverse("account_login"):
        return sign_in(request)
    return answer


class SignInByPasskey(LoginWebAuthnView):
    """A passkey that asked for a face, a finger or a PIN is both steps at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        words = self.request.POST.get("kept", "")
        login = sittings.login_of(authenticator.user, then_of(self.request), False, words)
        return perform_passwordless_login(self.request, authenticator, login)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Only a form signs out; the page asks first, and offers every device at once."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "account/logout.html", {"page_kind": "account"})
    logout(request)
    return redirect("account_login")
