"""What is written for meetings: when and where, what somebody brings, and what came of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clock.london import first_moment
from communities.choosing import offer
from meetings.lifecycle import MeetingKind, Outcome
from meetings.models import LONGEST_TITLE

_SHORTER = {"max_length": _("Please make it shorter: 1,000 letters at most.")}


class WhenForm(forms.Form):
    """When and where, by London's clock."""

    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day.")},
    )
    starts = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Please choose a time.")},
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A room, or how to come in from home."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Please make it shorter: 200 letters at most.")},
    )

    @property
    def starts_at(self) -> datetime:
        """The moment that was chosen."""
        return first_moment(self.cleaned_data["day"], self.cleaned_data["starts"])


class PlanForm(WhenForm):
    """A new meeting."""

    field_order = ("kind", "day", "starts", "place", "words")
    kind = forms.ChoiceField(
        label=_("What kind of meeting?"),
        widget=forms.RadioSelect,
        choices=[
            (MeetingKind.ORDINARY, _("The next community meeting")),
            (MeetingKind.SPECIAL, _("A special meeting, because something cannot wait. Everybody is told at once.")),
        ],
        initial=MeetingKind.ORDINARY,
        error_messages={"required": _("Please choose one.")},
    )
    words = forms.CharField(
        label=_("Why, in a few words"),
        help_text=_("Members and staff read this. No names, please."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        error_messages=_SHORTER,
    )


class BringForm(forms.Form):
    """What somebody brings to the meeting: a pointer, in their own words."""

    title = forms.CharField(
        label=_("What is it about?"),
        max_length=LONGEST_TITLE,
        error_messages={
            "required": _("Please say in a few words what it is about."),
            "max_length": _("Please make it shorter: 120 letters at most."),
        },
    )
    words = forms.CharField(
        label=_("Why do you bring it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        error_messages=_SHORTER,
    )


class OutcomeForm(forms.Form):
    """What came of one item."""

    choice = forms.ChoiceField(
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what came of it.")},
    )
    words = forms.CharField(
        label=_("What you agreed, in a few words"),
        help_text=_("Short, and without anything that somebody told of their life."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        error_messages=_SHORTER,
    )

    def __init__(self, *args: Any, outcomes: tuple[Outcome, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "choice", [(each.value, each.label) for each in outcomes])

    @property
    def outcome(self) -> Outcome:
        """What was chosen."""
        return Outcome(self.cleaned_data["choice"])


class AnswerCopyForm(forms.Form):
    """What the author of a copied post says to it."""

    choice = forms.ChoiceField(choices=[("yes", ""), ("not_now", "")])
