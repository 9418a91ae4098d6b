"""Where django-allauth is bent to this site: mail through the outbox, our limits, our lengths of sittings."""

from datetime import datetime
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from clock import now
from people import devices, sealing, sittings
from people.models import Person
from people.queries import has_second_factor
from people.stages import KEEP_SIGNED_IN

NO_ADDRESS = "::"


def name_for_display(person: Person) -> str:
    """Return what a passkey is filed under on somebody's own phone."""
    return person.sign_in_name


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks for signing in and out."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code does not fit. Please look again."),
        "incorrect_password": gettext_lazy("That is not your password. Please try again."),
    }

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "people.stages.CarriedStage"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        raise NotImplementedError("passwords are looked at by people.forms, which count the tries")

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        sittings.set_length(request, keep_signed_in=request.session.pop(KEEP_SIGNED_IN, False), now=now())

    def post_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse:
        response = super().post_login(request, user, **facts)
        devices.mark_known(request, response, user)
        return response

    def is_safe_url(self, url: str) -> bool:
        return bool(sittings.safe(url))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        # Asked for the list of sittings only. Where somebody was is nobody's business, so it is not kept.
        return NO_ADDRESS

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With a second step, only the second step: a found password alone must not change how one signs in."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(f"mail goes through people.telling, not {template_prefix}")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `people.services` tells the owner, in the transaction of the change."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's hooks for the second step."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code does not fit. Please look again."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a second step first."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal("second factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        text = sealing.unseal("second factor", encrypted_text)
        if text is None:
            raise ValueError("a second factor was sealed under a key that is gone")
        return text

    def build_totp_svg(self, url: str) -> str:
        # On white: without it the picture is black on black in the dark.
        return str(qrcode.make(url, image_factory=SvgPathFillImage, border=3).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("Passkey of %(day)s") % {"day": _day(now())}


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
