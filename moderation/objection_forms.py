"""What is written about an objection: one's own words against a decision, and what somebody who hears it says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.lifecycle import Hearing
from moderation.services.objecting import LONGEST_WORDS

TOO_LONG = _("Please make it shorter: 2,000 letters at most.")


class ObjectionForm(forms.Form):
    """Words are welcome and not needed: that somebody looks again is everybody's right."""

    words = forms.CharField(
        label=_("What do you think is wrong about it?"),
        help_text=_("You need not write anything. A few words can help."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )


class HearingForm(forms.Form):
    """What should happen with a decision that somebody objects to, and words to them."""

    verb = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        choices=Hearing.choices,
        error_messages={"required": _("Please choose what should happen.")},
    )
    words = forms.CharField(
        label=_("A few kind words to the one who objects"),
        help_text=_("They read this. Say why, and what they can do now."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def verdict(self) -> Hearing:
        return Hearing(self.cleaned_data["verb"])
