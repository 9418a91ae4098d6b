"""Asking others to take over something of one's own, or to swap: what every rota shares (times of looking, turns)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.choosing import offer
from communities.lifecycle import ASKING_STEPS
from communities.models import Membership
from communities.models.rota import AskingOthers
from communities.queries import lock_membership
from people.transitions import target

SAID = {
    "take": gettext_lazy("Somebody was quicker, or it is not asked any more."),
    "withdraw": gettext_lazy("Somebody has taken it already."),
}


def lock_both(one: Membership, other: Membership) -> tuple[Membership, Membership]:
    """Both memberships, read anew under their locks, always the lower number first: two who take over from each other
    would else wait for ever. In a transaction."""
    locked = {member.pk: lock_membership(member) for member in sorted((one, other), key=lambda member: member.pk)}
    return locked[one.pk], locked[other.pk]


def settle(row: AskingOthers, verb: str, *, now: datetime, taken_by: Membership | None = None) -> None:
    """End a locked asking: it was taken, or is not asked any more. Raises `Conflict` where it has ended already."""
    row.state = target(ASKING_STEPS, verb, row.state, said=str(SAID[verb]))
    row.taken_by, row.settled_at = taken_by, now
    row.save(update_fields=["state", "taken_by", "settled_at"])


class WhomForm(forms.Form):
    """Whom to ask: whoever can, one of them, or one of them in return for something of theirs."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom do you ask?"), error_messages={"required": gettext_lazy("Please choose whom you ask.")}
    )

    def __init__(self, data: Any, *, fellows: Iterable[Membership], swaps: Iterable[tuple[int, str, str]] = ()) -> None:
        """`swaps`: whose it is, what names it, and the words of the offer."""
        super().__init__(data)
        self.people = {str(member.pk): member for member in fellows}
        asks = [(pk, _("%(name)s") % {"name": member.display_name}) for pk, member in self.people.items()]
        given = [(f"{member}:{named}", words) for member, named, words in swaps]
        offer(self, "whom", [("all", _("Whoever can")), *asks, *given])

    @property
    def asked(self) -> Membership | None:
        """The one who is asked; None for whoever can."""
        return self.people.get(self.cleaned_data["whom"].partition(":")[0])

    @property
    def named(self) -> str:
        """What names the thing that one takes in return; "" for none."""
        return str(self.cleaned_data["whom"].partition(":")[2])
