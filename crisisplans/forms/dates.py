"""Choosing the day on which a plan is looked at again."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SPANS = {"weeks_2": 14, "weeks_6": 42, "months_3": 91, "months_6": 182}


class ReviewForm(forms.Form):
    """A span from today, a day, or none."""

    choice = forms.ChoiceField(
        label=_("When would you like to be reminded?"),
        choices=[
            ("weeks_2", _("In two weeks")),
            ("weeks_6", _("In six weeks")),
            ("months_3", _("In three months")),
            ("months_6", _("In half a year")),
            ("day", _("On this day:")),
            ("none", _("Not at all")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("choice") == "day" and not sent.get("day") and not self.errors.get("day"):
            self.add_error("day", _("Please choose the day."))
        return sent

    def on(self, today: date) -> date | None:
        """The day that was chosen; None for none."""
        choice = self.cleaned_data["choice"]
        if choice == "day":
            return self.cleaned_data["day"]
        return today + timedelta(days=SPANS[choice]) if choice in SPANS else None
