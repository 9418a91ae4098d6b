"""What every proposal asks, and the boxes it is written into."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities import rules
from communities.models import Membership
from elections.motions.asking import LONGEST_WORDS, Asked, checked
from elections.motions.lifecycle import MotionKind
from elections.motions.queries import whom_it_may_be_about

# The bounds of a rule's numbers are looked for up to here.
MOST_ASKED = 1000
TOO_LONG = {"max_length": _("Please make it shorter: 4,000 letters at most.")}


WHY = _("Please say in a few words why.")


def writing(
    label: Any, help_text: Any = "", *, required: bool = True, rows: int = 5, missing: Any = WHY
) -> forms.CharField:
    """A box for somebody's own words; `missing` is said where there are none."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required,
        max_length=LONGEST_WORDS,
        error_messages={"required": missing, **TOO_LONG},
    )


class ProposalForm(forms.Form):
    """A proposal of any kind; `asked` is what it brings. `membership` proposes, at `now`."""

    kind = MotionKind.FREE
    one_of: Any = _("Please choose one.")

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, membership: Membership, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership, self.now = membership, now
        self.fields.update(self.questions())
        self.fields["words"] = writing(_("Why do you propose this?"), self.why_help())
        self.asked: Asked | None = None

    def questions(self) -> dict[str, forms.Field]:
        """What this kind asks, in its order."""
        return {}

    def why_help(self) -> Any:
        """What is said below the box for the reason."""
        return _("Members read this before they vote.")

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        """The fields of `Asked` that are of this kind."""
        return {}

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if not self.errors:
            common = {"kind": self.kind, "form_key": sent["form_key"], "words": sent["words"]}
            asked = Asked(**common, **self.more(sent))
            try:
                checked(asked, self.membership, self.now)
            except ValidationError as refused:
                self._say(refused)
            else:
                self.asked = asked
        return sent

    def _say(self, refused: ValidationError) -> None:
        # What a rule says of a value it can't have is in the words of the command line.
        wrong = [_("It can't be that. Please try something else.")]
        told = getattr(refused, "error_dict", None) or {"value": wrong}
        for name, errors in told.items():
            self.add_error(name if name in self.fields else None, errors)

    def people_field(self, label: Any, first: tuple[str, Any] = ("", _("Please choose"))) -> forms.ChoiceField:
        """One of those whom it may be about; `first`: what stands before them."""
        self.people = {str(one.pk): one for one in whom_it_may_be_about(self.kind, self.membership, self.now)}
        return forms.ChoiceField(
            label=label,
            choices=[first, *((pk, one.display_name) for pk, one in self.people.items())],
            error_messages={"required": _("Please choose who it is about."), "invalid_choice": self.one_of},
        )


def value_field(kind: rules.RuleKind, value: Any) -> forms.Field:
    """A field for another value of this rule: each that there is in words, where they can be told apart."""
    label, said = _("What should it be?"), {"required": _("Please choose what it should be.")}
    if isinstance(value, bool):
        return forms.ChoiceField(
            label=label,
            widget=forms.RadioSelect,
            choices=[(written, kind.says(on)) for written, on in (("on", True), ("off", False)) if on != value],
            error_messages=said,
        )
    if others := [one for one in kind.choices if one != value]:
        choices = [(str(one), kind.says(one)) for one in others]
        return forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=choices, error_messages=said)
    if isinstance(value, int):
        return forms.CharField(
            label=label,
            help_text=_numbers(kind, value),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            max_length=6,
            error_messages=said,
        )
    help_text = _("Now: %(value)s") % {"value": value}
    return forms.CharField(label=label, help_text=help_text, max_length=80, error_messages=said)


def _numbers(kind: rules.RuleKind, value: int) -> str:
    can_be = [number for number in range(MOST_ASKED) if kind.check(number)]
    least, most = min(can_be, default=0), max(can_be, default=MOST_ASKED)
    return _("Now: %(value)s. A number from %(least)s to %(most)s.") % {"value": value, "least": least, "most": most}


def days_field(days: tuple[int, ...], first: tuple[str, Any] | None = None) -> forms.ChoiceField:
    """For how long, in days; `first`: what stands before them and may be left as it is."""
    said = [(str(n), ngettext("%(n)s day", "%(n)s days", n) % {"n": n}) for n in days]
    return forms.ChoiceField(label=_("For how long?"), choices=[first, *said] if first else said)
