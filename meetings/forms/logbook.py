"""What is written for the logbook. Each box says what does not belong there."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.lifecycle.logbook import Heading
from meetings.models.logbook import LONGEST_PART
from people.forms.lengths import SHORTER

HINT = _(
    "Short and plain. Not who told what of their life, and no details of anybody’s distress: that stays in the room. "
    "Nothing of somebody who is not there: they can’t say yes to it."
)


class WordsForm(forms.Form):
    """A part's words. `edition`: that of the record which its writer saw; `stands`: what it says, for who asks for a
    change, which is something else."""

    words = forms.CharField(
        label=_("In a few words"),
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_PART,
        error_messages={"required": _("Please write a few words."), **SHORTER},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, required=False)

    def __init__(self, *args: Any, stands: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = stands

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if self.stands and words == self.stands:
            raise ValidationError(_("It says this already. Write it the way you would like it."))
        return words


class NewPartForm(WordsForm):
    """A new part, under one of the three headings."""

    heading = forms.ChoiceField(
        label=_("Where does it belong?"),
        choices=Heading.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose where it belongs.")},
    )
    field_order = ("heading", "words")


class SeenForm(forms.Form):
    """The edition that somebody agrees with."""

    edition = forms.IntegerField(min_value=0)
