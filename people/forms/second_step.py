"""Forms of the second step: a code at sign-in and again later, and setting one up."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clock import now
from people import sealing, tries
from people.forms.lengths import SHORTER_SECRET
from people.forms.tried import TriedForm
from people.models import Person
from people.services import use_second_step
from people.services.second_factor import take_step

NO_FIT = _("That code does not fit. Each code works once, so you may have to wait for the next one.")


def code_field(label: Any) -> forms.CharField:
    """Return the field for a code that a phone shows."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}
    said, widget = SHORTER_SECRET, forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=40, widget=widget, error_messages=said)


class SecondStepForm(TriedForm):
    """A code of the authenticator app, or a spare code. allauth makes it: with `user` alone."""

    kind = "second step"
    again = False
    authenticator: Authenticator

    code = code_field(_("Your code"))

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        self.person = user
        super().__init__(*args, request=context.request, **kwargs)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        at = now()
        counter = self.counter(self.person)
        self.count(counter, at)
        authenticator = use_second_step(person=self.person, code=code, now=at)
        if authenticator is None:
            raise ValidationError(NO_FIT, code="does_not_fit")
        tries.forget(counter)
        self.authenticator = authenticator
        return code

    def save(self) -> None:
        """Note in the sitting that the second step was given."""
        post_authentication(self.request, self.authenticator, reauthenticated=self.again)


class SecondStepAgainForm(SecondStepForm):
    """The same for somebody who is signed in."""

    again = True


class AddAppForm(TriedForm):
    """The first code of a new authenticator app shows that it was set up well."""

    kind = "second step"

    code = code_field(_("The code that your app shows now"))

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        self.person = user
        super().__init__(*args, request=context.request, **kwargs)
        # Shown as a picture and as letters; the same one again when the code did not fit.
        self.secret = (self.is_bound and self._kept_secret()) or self._new_secret()

    def _kept_secret(self) -> str | None:
        return sealing.unseal("second factor", self.request.session.get(SECRET_SESSION_KEY, ""))

    def _new_secret(self) -> str:
        secret = generate_totp_secret()
        self.request.session[SECRET_SESSION_KEY] = sealing.seal("second factor", secret)
        return secret

    @property
    def secret_in_fours(self) -> list[str]:
        """The secret as people can copy it by hand."""
        return [self.secret[at : at + 4] for at in range(0, len(self.secret), 4)]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        at = now()
        counter = self.counter(self.person)
        self.count(counter, at)
        if not take_step(person=self.person, secret=self.secret, code=code, now=at):
            raise ValidationError(NO_FIT, code="does_not_fit")
        tries.forget(counter)
        return code


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey. It may sign its owner in on its own where the device asks for a face, finger or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it")
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("Let me sign in with it alone")
        self.fields["passwordless"].help_text = _(
            "Then you need neither name nor password: your phone asks for your face, your finger or your PIN."
        )
