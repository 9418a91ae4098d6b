"""Forms about an e-mail: adding one, asking for a code, and giving the code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clock import now
from people import mailed_codes, tries
from people.forms.lengths import SHORTER, SHORTER_SECRET
from people.forms.passwords import PasswordAgainForm
from people.forms.tried import TriedForm


def email_field() -> forms.EmailField:
    """Return the field for an e-mail of one's own."""
    return forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=SHORTER,
    )


class EmailForm(PasswordAgainForm):
    """An e-mail to add, and the password: an e-mail is a way in, so a phone left lying open is not enough."""

    email = email_field()
    field_order = ["email", "password"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            # Counted like a request for a code, so that nobody's mailbox can be filled from here either.
            self.count(self.counter(None, cleaned["email"], kind="mail"), now())
        return cleaned


class ResetForm(TriedForm):
    """Asks for a code by e-mail. Counted, so that nobody's mailbox can be filled."""

    kind = "mail"
    email = email_field()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        self.count(self.counter(None, email), now())
        return email


class MailedCodeForm(TriedForm):
    """The code from the mail."""

    kind = "mailed code"
    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=40,
        error_messages=SHORTER_SECRET,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, purpose: str, request: HttpRequest, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, request=request, **kwargs)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        at = now()
        counter = self.counter(None, mailed_codes.address_of(self.request, self.purpose))
        self.count(counter, at)
        if not mailed_codes.fits(self.request, self.purpose, code, now=at):
            raise ValidationError(_("That code does not fit, or it is too old. Please look again."), code="no")
        tries.forget(counter)
        return code
