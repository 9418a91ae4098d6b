"""What is written on the page of local life."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from meetings.lifecycle.local import LocalKind
from meetings.models.local import LONGEST_NAME, LONGEST_PHONE, LONGEST_TIMES, LONGEST_WEB, LONGEST_WORDS
from meetings.services.local import LocalWords
from people.forms.lengths import SHORTER

NOT_AN_ADDRESS = _("Please write an address that begins with https://")
PHONE = r"^\+?[0-9][0-9 ()\-]{1,28}$"


class SafeAddressField(forms.URLField):
    """An address on the web that begins with https://."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        # Instead of Django's own, which takes other schemes too: beside it, what is wrong would be said twice.
        others = [each for each in self.validators if not isinstance(each, URLValidator)]
        self.validators = [*others, URLValidator(schemes=["https"])]


class PieceText(forms.Form):
    """What a piece of information says."""

    title = forms.CharField(
        label=_("What is it called?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name."), **SHORTER},
    )
    words = forms.CharField(
        label=_("What should others know?"),
        help_text=_("Only what anybody here may read. Nothing about a person."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages=SHORTER,
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Of a place or a line, not somebody’s own."),
        widget=forms.TextInput(attrs={"type": "tel"}),
        required=False,
        max_length=LONGEST_PHONE,
        validators=[RegexValidator(PHONE, _("Please write only the number, such as 01632 960 000."))],
        error_messages=SHORTER,
    )
    web = SafeAddressField(
        label=_("Website"),
        help_text=_("It begins with https://"),
        required=False,
        max_length=LONGEST_WEB,
        assume_scheme="https",
        error_messages={"invalid": NOT_AN_ADDRESS, **SHORTER},
    )
    open_times = forms.CharField(
        label=_("When is it open?"), required=False, max_length=LONGEST_TIMES, error_messages=SHORTER
    )

    @property
    def says(self) -> LocalWords:
        """What was written."""
        sent = self.cleaned_data
        return LocalWords(sent["title"], sent["words"], sent["phone"], sent["web"], sent["open_times"])


class PieceForm(PieceText):
    """Another text for a piece, from the edition that its writer saw."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class NewPieceForm(PieceText):
    """A new piece, and where it belongs."""

    field_order = ("kind",)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label=_("Where does it belong?"),
        widget=forms.RadioSelect,
        choices=[
            (LocalKind.US, _("About us: how we do things, where we meet")),
            (LocalKind.SERVICE, _("Near here: a place or a service")),
            (LocalKind.NATIONAL, _("Across the country: a line, a website")),
        ],
        error_messages={"required": _("Please choose one.")},
    )


class SeenForm(forms.Form):
    """Which edition of a piece somebody had before them."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Off the page, or back on it."""

    verb = forms.ChoiceField(choices=[("take_off", ""), ("put_back", "")])
