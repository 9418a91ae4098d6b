"""What somebody says about coming, about being away for a time, and about being reminded."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from communities.models import Membership
from meetings.lifecycle.coming import Answer, AwayKind, RemindWhen
from meetings.models import AwayTime
from meetings.services.away import BACK_FOR, BACK_FOR_OTHERS, MOST_AHEAD, Days, too_many, wrong_with
from people.forms.lengths import SHORTER

LONGEST_WORDS = 300
# The words for what is said of oneself.
OWN_WORDS = {
    Answer.COMING: _("I'll come"),
    Answer.CANNOT: _("I can't come"),
    Answer.ILL: _("I'm ill"),
    Answer.HOSPITAL: _("I'm in hospital"),
}
OF_SOMEBODY = [
    (Answer.COMING, _("They come")),
    (Answer.CANNOT, _("They can't come")),
    (Answer.ILL, _("They are ill")),
    (Answer.HOSPITAL, _("They are in hospital")),
]


class ComingForm(forms.Form):
    """Whether one comes, with words or without. The answer is the button that was pressed."""

    choice = forms.ChoiceField(
        choices=list(OWN_WORDS.items()), error_messages={"required": _("Please press one of the buttons.")}
    )
    words = forms.CharField(
        label=_("A few words with it"),
        help_text=_("You need not say why."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages=SHORTER,
    )


class ForSomebodyForm(forms.Form):
    """What a member said by telephone, put down by whoever runs the session."""

    who = forms.TypedChoiceField(
        label=_("Who is it about?"), coerce=int, error_messages={"required": _("Please choose somebody.")}
    )
    choice = forms.ChoiceField(
        label=_("What did they say?"),
        widget=forms.RadioSelect,
        choices=OF_SOMEBODY,
        error_messages={"required": _("Please choose one.")},
    )

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "who", [("", _("Choose a name")), *((member.pk, member.display_name) for member in members)])


class AwayForm(forms.Form):
    """A time in which one can't come."""

    back_for = BACK_FOR
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            (AwayKind.ILL, _("Ill")),
            (AwayKind.HOSPITAL, _("In hospital")),
            (AwayKind.AWAY, _("Away for another reason")),
        ],
        error_messages={"required": _("Please choose one.")},
    )
    day = forms.DateField(
        label=_("From which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day.")},
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("Leave it empty if you do not know yet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, *args: Any, today: date, there: Iterable[AwayTime] = (), **kwargs: Any) -> None:
        """`there`: the times away that are put down already, where they are known."""
        super().__init__(*args, **kwargs)
        self.today, self.there = today, {(one.kind, one.from_day, one.until_day) for one in there}

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if {"day", "until"} <= sent.keys():
            for name, said in wrong_with(self.days, self.today, self.back_for).items():
                self.add_error(name, said)
        if len(self.there) >= MOST_AHEAD and (sent.get("kind"), sent.get("day"), sent.get("until")) not in self.there:
            self.add_error(None, too_many())
        return sent

    @property
    def days(self) -> Days:
        """The days that were chosen."""
        return Days(self.cleaned_data["day"], self.cleaned_data["until"])


class AwayForSomebodyForm(AwayForm):
    """The same, put down for a member."""

    back_for = BACK_FOR_OTHERS
    field_order = ("who", "kind", "day", "until")
    who = forms.TypedChoiceField(
        label=_("Who is it about?"), coerce=int, error_messages={"required": _("Please choose somebody.")}
    )

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _("Leave it empty if nobody knows yet.")
        offer(self, "who", [("", _("Choose a name")), *((member.pk, member.display_name) for member in members)])


class RemindersForm(forms.Form):
    """When somebody wants to be reminded, and of what."""

    when = forms.ChoiceField(
        label=_("When would you like to be reminded?"),
        widget=forms.RadioSelect,
        choices=RemindWhen.choices,
        error_messages={"required": _("Please choose one.")},
    )
    unanswered = forms.BooleanField(
        label=_("Also of the programme, when I have not said yet whether I come"), required=False
    )
