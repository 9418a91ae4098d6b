"""What is written for staff: a significant event, a danger notice, asking them in; and one's own number for danger."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clock.london import first_moment
from communities.choosing import offer
from communities.models import Membership
from moderation.lifecycle import DangerTo, EventKind, EventNeed
from moderation.services.danger import LONGEST_WORDS
from moderation.services.numbers import LONGEST_NAME, leave_number
from people.forms.lengths import SHORTER

TELLING = (
    ("tell", _("Yes, tell them")),
    ("danger", _("No: telling them would add danger")),
)


class EventForm(forms.Form):
    """A significant event. There is no box for words: what stands on the board stays there."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        choices=EventKind.choices,
        error_messages={"required": _("Please choose what happened.")},
    )
    value = forms.ChoiceField(
        label=_("What do you ask of staff?"),
        widget=forms.RadioSelect,
        choices=EventNeed.choices,
        error_messages={"required": _("Please choose what you ask of them.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def sent(self) -> dict[str, Any]:
        """As `moderation.services.for_staff.tell_staff` takes it."""
        given = self.cleaned_data
        return {"kind": EventKind(given["kind"]), "need": EventNeed(given["value"]), "form_key": given["form_key"]}


class DangerForm(forms.Form):
    """A danger notice: about whom, what kind of danger, the words needed, and whether to tell the one it is about."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=DangerTo.choices,
        error_messages={"required": _("Please choose what it is.")},
    )
    value = forms.TypedChoiceField(
        label=_("About whom?"), coerce=int, error_messages={"required": _("Please choose whom it is about.")}
    )
    words = forms.CharField(
        label=_("What do staff need to know?"),
        help_text=_("Only what helps to keep somebody alive: what they said or did, when, where they may be."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_WORDS,
        error_messages={
            "required": _("Please write what staff need to know."),
            "max_length": _("Please make it shorter: 1,000 letters at most."),
        },
    )
    choice = forms.ChoiceField(
        label=_("Shall we tell the person that staff know?"),
        widget=forms.RadioSelect,
        choices=TELLING,
        error_messages={"required": _("Please choose whether to tell them.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.pk: member for member in people}
        choices = [("", _("Choose a name")), *((member.pk, member.display_name) for member in people)]
        offer(self, "value", choices)

    @property
    def sent(self) -> dict[str, Any]:
        """As `moderation.services.danger.ask_danger_notice` takes it."""
        given = self.cleaned_data
        return {
            "about": self.people[given["value"]],
            "to": DangerTo(given["kind"]),
            "words": given["words"],
            "adds_danger": given["choice"] == "danger",
            "form_key": given["form_key"],
        }


class NumberForm(forms.Form):
    """One's own telephone number for danger to life."""

    number = forms.CharField(
        label=_("A telephone number"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Please write a number."), **SHORTER},
    )
    ask_for = forms.CharField(
        label=_("Whom should they ask for?"),
        help_text=_("The name you go by on the telephone, or somebody who is close to you."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=SHORTER,
    )

    def leave(self, *, by: Membership) -> bool:
        """Keep it, or say beside the number why it can't be."""
        try:
            leave_number(by=by, **self.cleaned_data)
        except ValidationError as refused:
            self.add_error(None, refused)
            return False
        return True


class AskInForm(forms.Form):
    """Whom of staff to ask in, and until which day. For what, the page says: one thread, or the whole board."""

    staff = forms.TypedMultipleChoiceField(
        label=_("Whom of staff?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one of staff.")},
    )
    until = forms.DateField(
        label=_("Until the end of which day?"),
        help_text=_("It ends by itself then. You can end it earlier."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day."), "invalid": _("Please choose a day.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.pk: member for member in people}
        offer(self, "staff", [(pk, one.display_name) for pk, one in self.people.items()])

    @property
    def sent(self) -> dict[str, Any]:
        """As `moderation.services.asking_in.ask_staff_in` takes it."""
        given = self.cleaned_data
        return {
            "staff": [self.people[pk] for pk in given["staff"]],
            "until": end_of(given["until"]),
            "form_key": given["form_key"],
        }


def end_of(day: date) -> datetime:
    """The first moment after this day, by London's clock."""
    return first_moment(day + timedelta(days=1), time(0))
