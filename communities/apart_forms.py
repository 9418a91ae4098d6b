"""What is written about keeping two people apart."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from communities.lifecycle import ApartSays
from communities.models import Membership

LONGEST = 2000
TOO_LONG = _("Please make it shorter: 2,000 letters at most.")


def _names(people: Iterable[Membership]) -> list[tuple[Any, Any]]:
    return [("", _("Choose a name")), *((person.pk, person.display_name) for person in people)]


class AskApartForm(forms.Form):
    """From whom, and what those who decide should know."""

    choice = forms.TypedChoiceField(
        label=_("From whom?"), coerce=int, error_messages={"required": _("Please choose a name.")}
    )
    words = forms.CharField(
        label=_("What you would like us to know"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "choice", _names(people))


class BeginApartForm(AskApartForm):
    """For somebody who told one of those who decide."""

    value = forms.TypedChoiceField(
        label=_("Who asked you?"), coerce=int, error_messages={"required": _("Please choose a name.")}
    )
    field_order = ("value", "choice", "words")

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["choice"].label = _("From whom should they be kept apart?")
        self.fields["words"].label = _("What the others of you should know")
        members = [one for one in people if not one.is_staff]
        offer(self, "value", _names(members))

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("value") and sent.get("value") == sent.get("choice"):
            raise ValidationError(_("Please choose two different people."))
        return sent


class SayApartForm(forms.Form):
    """Yes or no, and a few words to the one who asked."""

    verb = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        choices=ApartSays.choices,
        error_messages={"required": _("Please choose what you say.")},
    )
    words = forms.CharField(
        label=_("A few words to the one who asked"),
        help_text=_("They read this if two of you say the same."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
    )
