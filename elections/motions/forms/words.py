"""Words beside a motion, and looking at those that wait."""

from django import forms
from django.utils.translation import gettext_lazy as _

from elections.motions.forms.proposing import writing


class WordsForm(forms.Form):
    """Words of one's own beside a motion."""

    words = writing(_("In your own words"), rows=8, missing=_("Please write something first."))


class LookForm(forms.Form):
    """Looking at words that wait. `version`: what was read."""

    verb = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        choices=[("release", _("Others may read it")), ("return", _("Give it back to who wrote it"))],
        error_messages={"required": _("Please choose what should happen.")},
    )
    words = writing(
        _("A few kind words to who wrote it"), _("They read this. Say what they can do now."), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
