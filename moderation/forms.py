"""A decision on a post: what, why in a word from a short list, and words of one's own to the author."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import State
from moderation.lifecycle import DECIDABLE, Reason, Verb
from moderation.services.deciding import Seen


class DecisionForm(forms.Form):
    """`version` and `state` are what the person was looking at: a decision names them."""

    verb = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what should happen.")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Please choose")), *Reason.choices],
        error_messages={"required": _("Please choose a reason.")},
    )
    words = forms.CharField(
        label=_("A few kind words to its author"),
        help_text=_("They read this with the decision. Say what they can do now."),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    state = forms.ChoiceField(widget=forms.HiddenInput, choices=State.choices)

    def __init__(self, *args: object, state: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # What was on offer when the page was opened; whether it still is, the service says.
        offered = self.data.get("state", state) if self.is_bound else state
        self.fields["verb"].choices = [  # type: ignore[attr-defined]
            (verb.value, verb.label) for verb in _offered(offered)
        ]

    @property
    def seen(self) -> Seen:
        """What the decision is about, as it was read."""
        return Seen(version=self.cleaned_data["version"], state=self.cleaned_data["state"])

    @property
    def chosen(self) -> Verb:
        return Verb(self.cleaned_data["verb"])


def _offered(state: str) -> tuple[Verb, ...]:
    return DECIDABLE.get(State(state), ()) if state in State.values else ()
