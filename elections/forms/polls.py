"""The ballot paper. What it brings is handed on and kept nowhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from elections.models import Poll

NONE = "none"


class VoteForm(forms.Form):
    """One of the options, or any number up to the most that one ballot may name; then “None of these” too.

    A lone choice is two digits whichever it is, so that what was sent is equally long.
    """

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        numbered = [(f"{number:02}", words) for number, words in enumerate(poll.options)]
        if poll.most == 1:
            self.fields["option"] = forms.ChoiceField(
                label=_("Your vote"),
                choices=numbered,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one. Nothing has been sent yet.")},
            )
            return
        self.fields["option"] = forms.MultipleChoiceField(
            label=_("Your vote"),
            choices=[*numbered, (NONE, _("None of these"))],
            widget=forms.CheckboxSelectMultiple,
            help_text=_how_many(poll),
            error_messages={
                "required": _("Please choose at least one, or “None of these”. Nothing has been sent yet.")
            },
        )

    def clean_option(self) -> list[int]:
        """The numbers of what was chosen. Raises ValidationError."""
        chosen = self.cleaned_data["option"]
        if isinstance(chosen, str):
            return [int(chosen)]
        if NONE in chosen:
            if len(chosen) > 1:
                raise forms.ValidationError(_("You chose “None of these” and something else. Which is it?"))
            return []
        if self.poll.most is not None and len(chosen) > self.poll.most:
            raise forms.ValidationError(_how_many(self.poll))
        return [int(number) for number in chosen]


def _how_many(poll: Poll) -> str:
    if poll.most is None:
        return _("Choose everything you would be content with: one, several or all. Each counts the same.")
    return _("Choose up to %(most)s. Each counts the same.") % {"most": poll.most}
