"""Choosing the day on which a plan is looked at again."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crisisplans.services.dates import NOT_THEN, can_be_chosen

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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("choice") != "day" or self.errors.get("day"):
            return sent
        if not sent.get("day"):
            self.add_error("day", _("Please choose the day."))
        elif not can_be_chosen(sent["day"], self.today):
            self.add_error("day", NOT_THEN)
        return sent

    @property
    def on(self) -> date | None:
        """The day that was chosen; None for none."""
        choice = self.cleaned_data["choice"]
        if choice == "day":
            return self.cleaned_data["day"]
        return self.today + timedelta(days=SPANS[choice]) if choice in SPANS else None
