"""The code that goes with a link."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crisisplans.models import OutsideLink
from crisisplans.services.looking import look_by_link
from people import devices
from people.forms.lengths import SHORTER_SECRET
from people.forms.tried import TOO_MANY


class CodeForm(forms.Form):
    """Eight letters and numbers that came another way. Right, they open it once; each look takes them again."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Eight letters and numbers. It came to you another way than the link."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Please put in the code."), **SHORTER_SECRET},
    )
    link: OutsideLink | None = None

    def __init__(self, *args: Any, request: HttpRequest, token: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.token = request, token

    @property
    def too_many(self) -> bool:
        """Whether the page should say so by its status too (429)."""
        return any(fault.code == "too_many" for faults in self.errors.as_data().values() for fault in faults)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        tried = look_by_link(token=self.token, code=code, source=devices.source(self.request, None))
        if tried.too_many:
            raise ValidationError(TOO_MANY, code="too_many")
        if tried.link is None:
            raise ValidationError(_("That code does not fit this link. Please look at it again."), code="does_not_fit")
        self.link = tried.link
        return code
