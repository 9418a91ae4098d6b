"""Forms that set a password, or ask for it again."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clock import now
from helpnow.nations import Nation
from people import tries
from people.forms.lengths import SHORTER_SECRET
from people.forms.sign_in import LONGEST_PASSWORD
from people.forms.tried import TriedForm
from people.models import Person
from people.services import password_fits

NEW = _("New password")
HINT = _("At least 10 letters or numbers. Three or four words of your own make a good one.")


def new_password(label: Any = NEW) -> forms.CharField:
    """Return a field for a new password: ten signs or more, and none of the passwords that everybody uses."""
    return forms.CharField(
        label=label,
        help_text=HINT,
        strip=False,
        max_length=LONGEST_PASSWORD,
        validators=[validate_password],
        error_messages=SHORTER_SECRET,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed once: browsers show it, and there are ways back."""

    password = new_password()


class SignUpForm(forms.Form):
    """What somebody gives to become a person here; the communities' join page builds on it."""

    password = new_password(_("Choose a password"))
    over_18 = forms.BooleanField(
        label=_("I am 18 or over"), error_messages={"required": _("This place is for people who are 18 or over.")}
    )
    nation = forms.ChoiceField(
        label=_("Where do you live? So that we show the right help first."),
        choices=[("", _("I'd rather not say")), *Nation.choices],
        required=False,
    )


class PasswordAgainForm(TriedForm):
    """Asks somebody who is signed in for their password once more."""

    kind = "password"

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        error_messages=SHORTER_SECRET,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        counter = self.counter(self.person)
        self.count(counter, now())
        if not password_fits(self.person, password):
            raise ValidationError(_("That is not your password. Please try again."), code="does_not_fit")
        tries.forget(counter)
        return password


class ChangePasswordForm(PasswordAgainForm):
    """The password there is, and the one there shall be."""

    new = new_password()
