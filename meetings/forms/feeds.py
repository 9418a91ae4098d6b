"""What somebody chooses for the diary in their own calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.diary import plain
from meetings.lifecycle.feeds import CalledBy, Holds
from meetings.models.feeds import LONGEST_OWN_WORDS
from meetings.services.feeds import DiaryChoices
from people.forms.lengths import SHORTER


class DiaryForm(forms.Form):
    """How its entries are called, which there are, and whether they say where."""

    called_by = forms.ChoiceField(
        label=gettext_lazy("What is each entry called?"),
        help_text=gettext_lazy("Others may see your calendar: at home, at work, on your phone’s screen."),
        widget=forms.RadioSelect,
        choices=[
            (CalledBy.NEUTRAL, gettext_lazy("“Appointment”")),
            (CalledBy.OWN_WORDS, gettext_lazy("Words of your own")),
            (CalledBy.TITLE, gettext_lazy("What it is called here")),
        ],
        initial=CalledBy.NEUTRAL,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    own_words = forms.CharField(
        label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("Such as “Class”. Every entry is called this."),
        required=False,
        max_length=LONGEST_OWN_WORDS,
        error_messages=SHORTER,
    )
    holds = forms.ChoiceField(
        label=gettext_lazy("What should be in it?"),
        widget=forms.RadioSelect,
        choices=[
            (Holds.ALL, gettext_lazy("Everything in the timetable")),
            (Holds.COMING, gettext_lazy("Only what I have said I come to")),
        ],
        initial=Holds.ALL,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    with_place = forms.BooleanField(
        label=gettext_lazy("Say where it is, or the link to come in from home"), required=False
    )

    def clean_own_words(self) -> str:
        """On one line; of signs that only steer a screen nothing is left, which is none."""
        return plain(self.cleaned_data["own_words"])

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("called_by") == CalledBy.OWN_WORDS and not sent.get("own_words") and "own_words" in sent:
            self.add_error("own_words", _("Please write your own words, or choose another name."))
        return sent

    @property
    def choices(self) -> DiaryChoices:
        """What was chosen."""
        return DiaryChoices(**self.cleaned_data)
