"""What is written and chosen for the day of a session: a part of its order, its topic, turns."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.asking import WhomForm
from communities.choosing import offer
from communities.models import Membership
from meetings.day.order import LONGEST_TITLE, MOST_MINUTES, Part
from meetings.day.words import when_of
from meetings.lifecycle.day import PartKind
from meetings.lifecycle.timetable import Role
from meetings.models import SessionRole
from meetings.models.day import LONGEST_TOPIC
from people.forms.lengths import SHORTER

_MINUTES = {"min_value": _("Please give minutes from 1 to 600, or nothing."), "invalid": _("Please write a number.")}


class PartForm(forms.Form):
    """One part of the order. `seen`: the order it stood in; `part`: its place there."""

    title = forms.CharField(
        label=_("What happens?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Please say what happens in this part."), **SHORTER},
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        help_text=_("Leave it empty for a part that takes the time that is left."),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        error_messages=_MINUTES | {"max_value": _MINUTES["min_value"]},
    )
    kind = forms.ChoiceField(
        label=_("What kind of part is it?"),
        help_text=_("The page for the room has a hint for each kind."),
        choices=PartKind.choices,
        initial=PartKind.OTHER,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    part = forms.IntegerField(widget=forms.HiddenInput, initial=-1, required=False)

    @property
    def said(self) -> Part:
        """The part as it was written."""
        sent = self.cleaned_data
        return Part(sent["kind"], sent["title"], sent["minutes"] or 0)


class PlaceForm(forms.Form):
    """Which part of the order is moved or taken out."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in ("sooner", "later", "take_out", "again")])
    seen = forms.IntegerField(min_value=0)
    part = forms.IntegerField(required=False)


class TopicForm(forms.Form):
    """What today's session is about."""

    words = forms.CharField(
        label=_("What is it about today?"),
        help_text=_("A few words. Everybody who may come reads them. No names, please."),
        max_length=LONGEST_TOPIC,
        required=False,
        error_messages=SHORTER,
    )


class TurnsForm(forms.Form):
    """What somebody would like to have a turn at."""

    roles = forms.MultipleChoiceField(
        label=_("I would like a turn now and then as"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class AskTurnForm(WhomForm):
    """Whom to ask to take one's turn over, or to swap with."""

    def __init__(self, data: Any, *, fellows: Iterable[Membership], theirs: Iterable[SessionRole]) -> None:
        self.theirs = {str(turn.pk): turn for turn in theirs}
        swaps = [(turn.membership_id, str(turn.pk), _swap_words(turn)) for turn in self.theirs.values()]
        super().__init__(data, fellows=fellows, swaps=swaps)

    @property
    def back(self) -> SessionRole | None:
        """The turn that one takes in return."""
        return self.theirs.get(self.named)


def _swap_words(turn: SessionRole) -> str:
    said = _now("Swap with %(name)s: I am %(role)s, %(when)s")
    return said % {
        "name": turn.membership.display_name,
        "role": turn.get_role_display(),
        "when": when_of(turn.session),
    }


class HandForm(forms.Form):
    """Who does it after all."""

    member = forms.ChoiceField(
        label=_("Who does it today?"), error_messages={"required": _("Please choose who does it.")}
    )

    def __init__(self, data: Any, *, members: Iterable[Membership]) -> None:
        super().__init__(data)
        self.people = {str(member.pk): member for member in members}
        offer(self, "member", [("", "—"), *((pk, member.display_name) for pk, member in self.people.items())])

    @property
    def chosen(self) -> Membership:
        """The one who does it."""
        return self.people[self.cleaned_data["member"]]
