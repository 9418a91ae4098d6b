"""Forms of the ways back, and the small ones of the page about one's sign-in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clock import now
from helpnow.nations import Nation
from helpnow.queries import areas_in
from people import tries
from people.forms.lengths import SHORTER, SHORTER_SECRET
from people.forms.passwords import new_password
from people.forms.tried import TriedForm
from people.models import Person, WayBackLink
from people.queries import find_for_sign_in
from people.services import way_back_by_code

# One sentence whether the name, the code or both are wrong (safety checks 1.11).
DOES_NOT_FIT = _("That name and code do not go together. Please look at both again. Each code works once.")


def code_field(**extra: Any) -> forms.CharField:
    """Return the field for a recovery code."""
    attrs = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
    said, widget = SHORTER_SECRET, forms.TextInput(attrs=attrs)
    return forms.CharField(max_length=40, widget=widget, error_messages=said, **extra)


class CodeWayBackForm(TriedForm):
    """Sign-in name, a recovery code, and a new password. The code is used up when all three are good."""

    kind = "recovery code"
    person: Person

    login = forms.CharField(
        label=_("Your sign-in name"),
        max_length=254,
        error_messages=SHORTER,
        help_text=_("Three words and a number."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = code_field(label=_("One of your recovery codes"), help_text=_("Twelve letters and numbers."))
    password = new_password()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._use(cleaned["login"], cleaned["code"], cleaned["password"])
        return cleaned

    def _use(self, typed: str, code: str, password: str) -> None:
        at = now()
        person = find_for_sign_in(typed)
        counter = self.counter(person, typed)
        self.count(counter, at)
        if not way_back_by_code(person=person, code=code, password=password, now=at):
            raise ValidationError(DOES_NOT_FIT, code="does_not_fit")
        tries.forget(counter)


class PersonWayBackForm(TriedForm):
    """What the owner of a link made face to face gives: a new password, and a recovery code if there is one."""

    kind = "recovery code"

    password = new_password()
    recovery_code = code_field(
        label=_("A recovery code"),
        required=False,
        help_text=_("With one, your plan stays open to you. Without, it stays shut for 24 hours, to keep it safe."),
    )

    def __init__(self, *args: Any, link: WayBackLink, **kwargs: Any) -> None:
        self.link = link
        super().__init__(*args, **kwargs)

    def clean_recovery_code(self) -> str:
        code = str(self.cleaned_data["recovery_code"])
        if code:
            self.count(self.counter(self.link.person), now())
        return code


def _areas() -> list[tuple[str, Any]]:
    """Asked for anew each time: the operator's contacts name them."""
    return [("", _("Show all")), *((area, area) for area in areas_in(""))]


class NationForm(forms.Form):
    """Whose help is shown first. The area is asked for only where the site's contacts name some."""

    nation = forms.ChoiceField(
        label=_("Where do you live?"),
        choices=[("", _("I'd rather not say: show all")), *Nation.choices],
        required=False,
    )
    area = forms.ChoiceField(label=_("Whereabouts?"), choices=_areas, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not areas_in(""):
            del self.fields["area"]


class EndForm(forms.Form):
    """Which sitting to end."""

    end = forms.IntegerField(min_value=1, max_value=2**63 - 1)
