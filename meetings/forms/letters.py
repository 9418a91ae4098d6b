"""What is written for the group's letters: their words, how one reached somebody, what was decided, coming back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from meetings.lifecycle.attendance import BY_HAND, WithPlan
from meetings.models import LONGEST_LETTER


def _box(label: Any, rows: int, longest: int, said: Any, *, help_text: Any = "", required: bool = False) -> Any:
    errors = {"max_length": said, "required": _("Please write something.")}
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        max_length=longest,
        error_messages=errors,
    )


class LetterForm(forms.Form):
    """Other words for the letter; `version`: the one its writer had before them."""

    words = _box(
        _("The letter, in your own words"),
        14,
        LONGEST_LETTER,
        _("Please make it shorter: 3,000 letters at most."),
        help_text=_("It goes in the name of all of you. What our rule says stands under it by itself."),
        required=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SeenForm(forms.Form):
    """Yes to the words of this version."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReachedForm(forms.Form):
    """How a letter reached somebody, and on which day."""

    kind = forms.ChoiceField(
        label=_("How did it reach them?"),
        widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in BY_HAND],
        error_messages={"required": _("Please choose how.")},
    )
    day = forms.DateField(
        label=_("On which day?"),
        help_text=_("The days to answer run from that day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day.")},
    )


class DecideForm(forms.Form):
    """What is decided when no answer came; the button that was pressed says what."""

    verb = forms.ChoiceField(choices=[("inactive", ""), ("leave", "")])
    words = _box(
        _("A few words to them"),
        6,
        2000,
        _("Please make it shorter: 2,000 letters at most."),
        help_text=_("They read this, with the reason and how to come back. Not your name."),
    )


class AnswerLetterForm(forms.Form):
    """One tap under a letter."""

    verb = forms.ChoiceField(choices=[("come", ""), ("ring", ""), ("not_now", "")])


class ComeBackForm(forms.Form):
    """Asking to come back: to a session, or just so."""

    choice = forms.ChoiceField(
        label=_("Would you like to come to something first?"),
        widget=forms.RadioSelect,
        required=False,
    )
    words = _box(_("Anything you would like to say"), 3, 1000, _("Please make it shorter: 1,000 letters at most."))

    def __init__(self, *args: Any, sessions: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "choice", [("", _("Just ask")), *sessions])


class WelcomeForm(forms.Form):
    """Saying welcome, with what is said of a new plan where the rule asks for it."""

    choice = forms.ChoiceField(
        label=_("What about a new crisis plan?"),
        widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in WithPlan],
        error_messages={"required": _("Please choose one.")},
    )

    def __init__(self, *args: Any, asks_for_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_for_plan:
            del self.fields["choice"]

    @property
    def plan(self) -> str:
        """What was chosen; "" where nobody asks."""
        return str(self.cleaned_data.get("choice", ""))
