"""The note for the meeting, as a form."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.services.reporting import LONGEST_WORDS


class DebriefForm(forms.Form):
    """A few words, for those in office."""

    words = forms.CharField(
        label=_("How was it?"),
        help_text=_("What was hard, what went well, what you would like from the others. Please no names of members."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_WORDS,
        error_messages={
            "required": _("Please write a few words."),
            "max_length": _("Please make it shorter: 2,000 letters at most."),
        },
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
