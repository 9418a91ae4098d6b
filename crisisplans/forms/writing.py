"""The forms of one part of a plan and of its first steps. A form keeps every word it was given."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from crisisplans.parts import FIRST_STEPS, LONGEST_LINE, LONGEST_STEP, LONGEST_TEXT, SUPPORT_CALLS
from crisisplans.responsibility import edition_for
from crisisplans.steps import BOXES, steps_in
from crisisplans.unsaved import OnPage
from people.forms.lengths import SHORTER

HIGHEST = 2**31 - 1
TOO_LONG = _("This is longer than one part can be (6,000 letters). Could you make it shorter?")


class WholeText(forms.CharField):
    """A text as it was written, with one kind of line end."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, required=False, max_length=LONGEST_TEXT, **kwargs)
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value: object) -> str:
        # Browsers send CRLF for every line end.
        return str(super().to_python(value)).replace("\r\n", "\n")


class OnePart(forms.Form):
    """What every part's form carries: which version its writer saw, its page, and that they agree (domain, 3.1).

    `names`: the inputs that hold the words, and the field of the part that each one is.
    """

    names: ClassVar[Mapping[str, str]] = {}

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
    page_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, required=False)
    attempt = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST, required=False)
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kind: str, has_agreed: bool, **kwargs: Any) -> None:
        """`has_agreed`: the version before was saved with this sentence; then pressing Save agrees to it again."""
        super().__init__(*args, **kwargs)
        self.kind, self.asks_to_agree = kind, bool(edition_for(kind)) and not has_agreed
        self.initial.setdefault("edition", edition_for(kind))
        self.fields["agreed"].label = _("The sentence in the box:")
        if not self.asks_to_agree:
            self.fields["agreed"].widget = forms.HiddenInput()
            self.initial["agreed"] = "1"

    @property
    def page(self) -> OnPage:
        """The form as this page had it."""
        sent = self.cleaned_data
        return OnPage(str(sent.get("page_key") or ""), sent.get("draft_version") or 0, sent.get("attempt"))

    @property
    def written(self) -> dict[str, str]:
        """The words, by the fields of the part."""
        return {field: self.cleaned_data[name] for name, field in self.names.items()}

    @property
    def sent(self) -> dict[str, Any]:
        """What the services of saving take of every form."""
        return {"seen_version": self.cleaned_data["version"], "agreed": self.agrees, "page": self.page}

    @property
    def can_be_kept(self) -> bool:
        """Whether it can be kept for later as it is: that asks for no agreement."""
        return self.is_valid() or set(self.errors) <= {"agreed"}

    @property
    def agrees(self) -> bool:
        """Whether its writer agreed to the sentence as it is now."""
        return not edition_for(self.kind) or bool(self.cleaned_data.get("agreed"))

    @classmethod
    def shown(cls, fields: Mapping[str, str]) -> dict[str, str]:
        """What the inputs begin with, of a part's fields."""
        return {name: fields.get(field, "") for name, field in cls.names.items()}

    def words(self) -> list[forms.BoundField]:
        """The boxes to write in."""
        return [self[name] for name in self.names]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        needed = edition_for(self.kind)
        if needed and sent.get("edition") != needed:
            self.asks_to_agree = True
            self.add_error("agreed", _("The sentence has changed. Please read it again before you save."))
        elif needed and not sent.get("agreed"):
            self.add_error("agreed", _("Please tick this if it is right for you. Or keep your words for later."))
        return sent


class TextForm(OnePart):
    """A part that is one text."""

    names: ClassVar = {"text": "text"}
    text = WholeText(label=_("In your own words"))


class SupportCallsForm(OnePart):
    """What holds for a support call. Nothing here makes anybody ring."""

    names: ClassVar = {"may_ring": "may_ring", "ring_number": "number", "ring_when": "when", "ring_say": "say"}
    may_ring = forms.ChoiceField(
        label=_("May somebody from out-of-hours support ring you, if you ask for it?"),
        choices=[("yes", _("Yes")), ("no", _("No, not by phone")), ("", _("I don't know yet"))],
        widget=forms.RadioSelect,
        required=False,
    )
    ring_number = forms.CharField(
        label=_("A number that is safe to ring"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "text"}),
        error_messages=SHORTER,
    )
    ring_when = forms.CharField(
        label=_("When is a good time, and when is not?"),
        max_length=LONGEST_LINE,
        required=False,
        error_messages=SHORTER,
    )
    ring_say = WholeText(label=_("What should they say if somebody else answers?"))


class FirstStepsForm(OnePart):
    """The three steps at the top, each a short line."""

    names: ClassVar = dict(zip(BOXES, BOXES, strict=True))
    step_1 = forms.CharField(label=_("First"), max_length=LONGEST_STEP, required=False, error_messages=SHORTER)
    step_2 = forms.CharField(label=_("Then"), max_length=LONGEST_STEP, required=False, error_messages=SHORTER)
    step_3 = forms.CharField(label=_("And then"), max_length=LONGEST_STEP, required=False, error_messages=SHORTER)

    @property
    def steps(self) -> tuple[str, ...]:
        """Those that were written, in their order."""
        return steps_in(self.written)


def form_for(part: str, fields: tuple[str, ...] = ()) -> type[OnePart]:
    """The form of a part, by its key and fields."""
    if part == FIRST_STEPS:
        return FirstStepsForm
    return SupportCallsForm if fields == SUPPORT_CALLS else TextForm
