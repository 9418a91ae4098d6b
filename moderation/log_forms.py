"""What is asked of the verbatim log, and what is brought from it to a meeting."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from clock.london import first_moment
from communities.choosing import offer
from communities.models import Membership
from meetings.forms import BringForm
from moderation.log_asked import DECIDED, EVERYTHING, HELD, QUIET, WORDS, Asked

LARGEST = 2**63 - 1
MIDNIGHT = time(0)


class LogForm(forms.Form):
    """By whom, in which thread, when, and what."""

    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            (EVERYTHING, _("Everything")),
            (WORDS, _("What was written")),
            (HELD, _("What was held")),
            (DECIDED, _("What was decided")),
            (QUIET, _("Changed or taken back in the pause")),
        ],
    )
    person = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    thread = forms.IntegerField(label=_("Thread (its number)"), required=False, min_value=1, max_value=LARGEST)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("Everybody")), *((member.pk, member.display_name) for member in people)]
        offer(self, "person", names)

    @property
    def asked(self) -> Asked:
        """What to look for; everything while the form is empty or has a fault."""
        if not self.is_valid():
            return Asked()
        given = self.cleaned_data
        return Asked(
            person=given["person"],
            thread=given["thread"],
            since=_begins(given["since"]),
            until=_begins(given["until"], days=1),
            kind=given["kind"],
        )


def _begins(day: Any, *, days: int = 0) -> datetime | None:
    # The year 1 has no day before it in another zone, and the last one none after.
    if day is None or not 2000 <= day.year <= 9000:
        return None
    return first_moment(day + timedelta(days=days), MIDNIGHT)


class CopyForm(BringForm):
    """Words brought to the meeting themselves."""

    field_order = ("title", "words", "note", "form_key")
    note = forms.CharField(
        label=_("Other names to take out, one on each line"),
        help_text=_("The names of everybody here are taken out by themselves. Real names and places are not."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        error_messages={"max_length": _("Please make it shorter: 1,000 letters at most.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def sent(self) -> dict[str, Any]:
        """As `moderation.services.bring_copy` takes it."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "why": given["words"],
            "names_out": given["note"],
            "form_key": given["form_key"],
        }
