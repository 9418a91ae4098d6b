"""What is written in moderation: a decision on a post, a report, an answer to one: a short list, and own words."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import State
from moderation.lifecycle import CHOSEN_REASONS, DECIDABLE, Answer, AnswerReason, Readers, Verb, Worry
from moderation.services.deciding import Seen
from moderation.services.reporting import LONGEST_WORDS, Told
from people.forms.lengths import SHORTER


class DecisionForm(forms.Form):
    """`version` and `state` are what the person was looking at: a decision names them."""

    verb = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what should happen.")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Please choose")), *CHOSEN_REASONS],
        error_messages={"required": _("Please choose a reason.")},
    )
    words = forms.CharField(
        label=_("A few kind words to its author"),
        help_text=_("They read this with the decision. Say what they can do now."),
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        error_messages=SHORTER,
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


class ReportForm(forms.Form):
    """A worry about a post or a person. `read_by` is what the page said about who reads it."""

    reason = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        choices=Worry.choices,
        error_messages={"required": _("Please choose what it is about.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": _("Please make it shorter: 2,000 letters at most.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    read_by = forms.ChoiceField(widget=forms.HiddenInput, choices=Readers.choices)

    @property
    def told(self) -> Told:
        """What it brought, for the service."""
        sent = self.cleaned_data
        return Told(Worry(sent["reason"]), sent["words"], sent["form_key"], sent["read_by"])


class AnswerForm(forms.Form):
    """What was done about a report. `version` is the newest report that the page showed."""

    verb = forms.ChoiceField(
        label=_("What happens?"),
        widget=forms.RadioSelect,
        choices=Answer.choices,
        error_messages={"required": _("Please choose what happens.")},
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", _("Please choose")), *AnswerReason.choices],
        error_messages={"required": _("Please choose a reason.")},
    )
    words = forms.CharField(
        label=_("A few kind words to whoever reported it"),
        help_text=_("They read this with your answer. Please tell nothing about others."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": _("Please make it shorter: 2,000 letters at most.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def chosen(self) -> dict[str, Any]:
        """The answer as `moderation.services.answer_report` takes it."""
        sent = self.cleaned_data
        return {
            "answer": Answer(sent["verb"]),
            "reason": AnswerReason(sent["reason"]),
            "words": sent["words"],
            "seen": sent["version"],
        }
