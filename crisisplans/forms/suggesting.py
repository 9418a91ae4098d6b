"""Suggesting words for a part of somebody's plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crisisplans.services.suggesting import LONGEST


class SuggestForm(forms.Form):
    """A few words for one part."""

    text = forms.CharField(
        label=_("Your suggestion"),
        help_text=_("Say it kindly and shortly. They take it, or leave it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={
            "required": _("Please write something first."),
            "max_length": _("Please make it shorter: 2,000 letters at most."),
        },
    )
