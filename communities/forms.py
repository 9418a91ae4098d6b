"""What can be written on a community's own pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities import names
from communities.lifecycle import Instead
from communities.models import Membership
from communities.services import join, join_as_new_person
from communities.week import day_name
from people.forms import SignUpForm
from people.models import Person
from people.services import NewPerson


class DisplayNameForm(forms.Form):
    """The name somebody is known by in one community."""

    display_name = forms.CharField(
        label=_("The name you want to be known by here"),
        help_text=_("Any name but your real one. Only people in this community see it."),
        max_length=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Please choose a name."),
            "max_length": _("Please choose a name of 2 to 40 letters."),
        },
    )

    def clean_display_name(self) -> str:
        return names.clean(self.cleaned_data["display_name"])


class JoinForm(DisplayNameForm):
    """Coming in, for somebody who is signed in already."""

    def join(self, *, token: str, person: Person) -> Membership | None:
        """Come in, or say beside the name why it can't be; None then."""
        try:
            return join(token=token, person=person, display_name=self.cleaned_data["display_name"])
        except ValidationError as refused:
            self.add_error(None, refused)
        return None


class SignUpAndJoinForm(SignUpForm, DisplayNameForm):
    """Coming in as somebody new: one form, one button."""

    field_order = ("display_name", "password", "over_18", "nation")

    def join(self, *, token: str, source: str) -> tuple[Membership, NewPerson] | None:
        """Sign up and come in, or say beside the name why it can't be; None then, and nobody was made."""
        try:
            return join_as_new_person(token=token, source=source, **self.cleaned_data)
        except ValidationError as refused:
            self.add_error(None, refused)
        return None


class InvitationForm(forms.Form):
    """Proposing somebody."""

    label = forms.CharField(
        label=_("A word to know them by"),
        help_text=_("Not their real name: “the one from choir” is enough. The Top Three see it."),
        max_length=60,
        error_messages={
            "required": _("Please write a word to know them by."),
            "max_length": _("Please make it shorter: 60 letters at most."),
        },
    )


class HoursForm(forms.Form):
    """A stretch of the week, on one day or several."""

    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one day.")},
    )
    starts = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Please say from when.")},
    )
    ends = forms.TimeField(
        label=_("To"),
        help_text=_("If this is earlier than “From”, it means the next morning."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Please say until when.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(day, day_name(day)) for day in range(7)]  # type: ignore[attr-defined]

    def stretches(self) -> list[tuple[int, Any, Any]]:
        """The same stretch on each of the days."""
        given = self.cleaned_data
        return [(day, given["starts"], given["ends"]) for day in given["days"]]


class AdmitForm(forms.Form):
    """What happened in place of what the rule asks for, where that is not recorded."""

    instead = forms.ChoiceField(
        label=_("What happened instead?"), choices=[("", _("Choose one")), *Instead.choices], required=False
    )


class WayBackForm(forms.Form):
    """Who it is that has lost every way in."""

    who = forms.TypedChoiceField(
        label=_("Who is with you?"), coerce=int, error_messages={"required": _("Please choose who it is.")}
    )

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a name")), *((person.pk, person.display_name) for person in people)]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
