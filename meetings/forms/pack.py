"""What is written for the pack of a meeting: something of one's own, the order, and whose eyes a plan is opened to."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crisisplans.forms.opening import ChosenReadersForm, OpeningForm, TypedReadersForm
from meetings.forms.community_meeting import BringForm
from meetings.models import AgendaItem
from meetings.pack_times import MOST_MINUTES, USUAL_MINUTES, fingerprint
from meetings.services.pack import Placing

_NUMBER = {
    "required": gettext_lazy("Please write a number."),
    "invalid": gettext_lazy("Please write a whole number."),
    "min_value": gettext_lazy("Please write a number from 1 on."),
}


class AddForm(BringForm):
    """Something for the next meeting, in somebody's own words."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ArrangeForm(forms.Form):
    """The order of an agenda: for each thing its place and its minutes."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, items: Sequence[AgendaItem], brought: Mapping[str, Any] | None = None
    ) -> None:
        """`brought`: the order that this person had put in before, on a form that was not taken."""
        self.items, self.brought, self.looks_like = items, brought or {}, fingerprint(items)
        ours = {name: value for name, value in self.brought.items() if name != "seen"}
        super().__init__(data, initial=ours)
        self.fields["seen"].initial = self.looks_like
        for place, item in enumerate(items, start=1):
            self.fields[f"place_{item.pk}"] = _number(_("Place"), place, 999)
            self.fields[f"minutes_{item.pk}"] = _number(_("Minutes"), item.minutes or USUAL_MINUTES, MOST_MINUTES)

    @property
    def is_behind(self) -> bool:
        """Whether the agenda is another by now than the one this order was made of."""
        made_of = (self.data if self.is_bound else self.brought).get("seen", self.looks_like)
        return bool(made_of != self.looks_like)

    def rows(self) -> list[dict[str, Any]]:
        """Each thing with its two boxes, for the page; `now`: its place and minutes by now, where they are others than
        in the boxes."""
        return [self._row(place, item) for place, item in enumerate(self.items, start=1)]

    def _row(self, place: int, item: AgendaItem) -> dict[str, Any]:
        boxes = self[f"place_{item.pk}"], self[f"minutes_{item.pk}"]
        there = place, item.minutes or USUAL_MINUTES
        other = self.is_behind and [str(box.value()) for box in boxes] != [str(number) for number in there]
        return {"item": item, "place": boxes[0], "minutes": boxes[1], "now": there if other else None}

    @property
    def placings(self) -> list[Placing]:
        """What was chosen, each thing once."""
        sent = self.cleaned_data
        return [Placing(item.pk, sent[f"place_{item.pk}"], sent[f"minutes_{item.pk}"]) for item in self.items]


def _number(label: str, initial: int, most: int) -> forms.IntegerField:
    too_much = {"max_value": _("Please write %(most)s at most.") % {"most": most}}
    return forms.IntegerField(
        label=label, initial=initial, min_value=1, max_value=most, error_messages={**_NUMBER, **too_much}
    )


class _UntilTheEnd(OpeningForm):
    """A form of opening whose end is the session's: nobody chooses hours."""

    def __init__(self, *args: Any, ends: str, **kwargs: Any) -> None:
        super().__init__(*args, hours=(), usual=0, **kwargs)
        self.ends = ends
        del self.fields["hours"]

    def told_end(self) -> tuple[str, str]:
        return _("Until"), self.ends


class ChosenInSessionForm(_UntilTheEnd, ChosenReadersForm):
    """To people of the session whose names one sees."""


class TypedInSessionForm(_UntilTheEnd, TypedReadersForm):
    """To people in the room, by those who do not see the list of names."""
