"""What is written about somebody's place here: a suspension by two, asking to come back, an answer to that."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from communities.lifecycle import SuspendedFrom
from communities.models import Membership
from moderation.lifecycle import ReturnSays

LONGEST_WHY, LONGEST_LETTER = 300, 3000
TOO_LONG = _("Please make it shorter: 3,000 letters at most.")
HOURS = ((48, _("48 hours")), (72, _("72 hours")))


class SuspendForm(forms.Form):
    """From what, for how long, why, and a letter. Who it is about stands in the page's address."""

    choice = forms.ChoiceField(
        label=_("From what?"),
        widget=forms.RadioSelect,
        choices=[
            (SuspendedFrom.BOARD.value, _("The board. Everything else stays open to them.")),
            (SuspendedFrom.EVERYTHING.value, _("Everything here. Their plan, contacts and letters stay theirs.")),
        ],
        error_messages={"required": _("Please choose from what.")},
    )
    value = forms.TypedChoiceField(
        label=_("For how long, at the most?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=HOURS,
        error_messages={"required": _("Please choose for how long.")},
    )
    reason = forms.CharField(
        label=_("Why? In one or two plain sentences"),
        help_text=_("They read this just as you write it. Say what happened, not what somebody is like."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WHY,
        error_messages={
            "required": _("Please say why. They have a right to know."),
            "max_length": _("Please make it shorter: 300 letters at most."),
        },
    )
    message = forms.CharField(
        label=_("A letter to them"),
        help_text=_("Kind and plain. That they still belong here, and what would help them to come back."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=LONGEST_LETTER,
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """As `moderation.services.propose_suspension` takes it."""
        sent = self.cleaned_data
        return {
            "suspended_from": sent["choice"],
            "lasts": timedelta(hours=sent["value"]),
            "why": sent["reason"],
            "letter": sent["message"],
        }


class ReturnForm(forms.Form):
    """Asking to come back. Nobody has to explain themselves."""

    words = forms.CharField(
        label=_("What you would like to say"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_LETTER,
        error_messages={"max_length": TOO_LONG},
    )


class AnswerReturnForm(forms.Form):
    """Whether they may come back now."""

    verb = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        choices=ReturnSays.choices,
        error_messages={"required": _("Please choose what you say.")},
    )
    words = forms.CharField(
        label=_("A few words to them"),
        help_text=_("They read this if two of you say the same."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_LETTER,
        error_messages={"max_length": TOO_LONG},
    )


class DeathForm(forms.Form):
    """Who it is."""

    choice = forms.TypedChoiceField(
        label=_("Who has died?"), coerce=int, error_messages={"required": _("Please choose a name.")}
    )

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {person.pk: person for person in people}
        names = [(person.pk, person.display_name) for person in people]
        offer(self, "choice", [("", _("Choose a name")), *names])

    @property
    def who(self) -> Membership:
        return self._people[self.cleaned_data["choice"]]
