"""The sign-in form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clock import now
from people import tries
from people.forms.lengths import SHORTER, SHORTER_SECRET
from people.forms.tried import TriedForm
from people.models import Person
from people.queries import find_for_sign_in
from people.services import password_fits

# One sentence for every wrong pair: it tells nobody whether such a person is here (safety checks 1.11).
DOES_NOT_FIT = _("That name and password do not go together. Please look at both again.")
LONGEST_PASSWORD = 200


class SignInForm(TriedForm):
    """A sign-in name or proved e-mail and the password; carries along, sealed, what somebody was writing."""

    kind = "password"
    person: Person

    login = forms.CharField(
        label=_("Sign-in name or e-mail"),
        max_length=254,
        error_messages=SHORTER,
        help_text=_("Your sign-in name is three words and a number."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        error_messages=SHORTER_SECRET,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(
        label=_("Keep me signed in on this phone for 30 days"),
        required=False,
        help_text=_("Only on a phone or computer that is yours alone."),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._look(cleaned["login"], cleaned["password"])
        return cleaned

    def _look(self, typed: str, password: str) -> None:
        person = find_for_sign_in(typed)
        counter = self.counter(person, typed)
        self.count(counter, now())
        if not password_fits(person, password) or person is None:
            raise ValidationError(DOES_NOT_FIT, code="does_not_fit")
        tries.forget(counter)
        self.person = person
