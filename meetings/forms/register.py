"""A register as it comes from its form: one answer for each member on the sheet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.lifecycle.coming import Was
from meetings.queries.register import Line, Sheet
from meetings.services.register import MOST_GUESTS

# In the form all reasons are one: which it was, the member said themselves, or it is put down for them.
WORD = "word"


class RegisterForm(forms.Form):
    """Who was there. `rest`: what the untouched lines of those who are expected mean."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    guests = forms.IntegerField(
        label=_("How many guests?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        required=False,
        min_value=0,
        max_value=MOST_GUESTS,
        error_messages={"invalid": _("Please put in a number."), "max_value": _("That is more than a room can hold.")},
    )
    rest = forms.ChoiceField(choices=[(Was.HERE, ""), (Was.NOT_HERE, "")], required=False)

    def __init__(self, data: Any = None, *, sheet: Sheet, brought: Mapping[str, Any] | None = None) -> None:
        """`brought`: what this person had tapped before, on a form that did not arrive."""
        self.brought = brought or {}
        begun = {"guests": self.brought.get("guests", sheet.row.guests if sheet.row else None)}
        # The edition is the one that stands: its page shows what is saved beside what was tapped.
        super().__init__(data, initial=begun | {"seen": sheet.edition})
        self.sheet = sheet

    @property
    def guests_counted(self) -> int:
        """How many there were; an empty box is none."""
        return int(self.cleaned_data["guests"] or 0)

    @property
    def marks(self) -> dict[int, str]:
        """How each member on the sheet is marked, by membership; "" for no mark."""
        return {line.membership.pk: self._mark(line) for line in self.sheet.lines}

    def tapped(self, line: Line) -> str:
        """What is chosen on this line of the form as it came, or came before."""
        return str((self.data or self.brought).get(f"was_{line.membership.pk}", ""))

    def meant(self, line: Line, stands: str) -> str:
        """What was meant for this line by taps that did not arrive: the tap, or what the button at the end said of
        those who stood first; nothing was said of anybody else, so what is saved stays."""
        if (tapped := self.tapped(line)) or self.is_bound or not self.is_behind:
            return tapped
        return str(self.brought.get("rest") or stands) if line.comes else stands

    @property
    def shows_taps(self) -> bool:
        """Whether the lines stand as somebody tapped them, rather than as they are saved."""
        return self.is_bound or bool(self.brought)

    @property
    def is_behind(self) -> bool:
        """Whether somebody has saved the register since it was tapped."""
        return bool(self.brought) and str(self.brought.get("seen", "")) != str(self.sheet.edition)

    def _mark(self, line: Line) -> str:
        tapped = self.tapped(line)
        if tapped == WORD:
            return line.excuse or Was.APOLOGY
        if tapped in (Was.HERE, Was.NOT_HERE):
            return tapped
        return str(self.cleaned_data["rest"] or Was.NOT_HERE) if line.expected else ""
