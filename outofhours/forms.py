"""The training's checklist as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outofhours.lifecycle import Item


class LearntForm(forms.Form):
    """One tick for each part."""

    items = forms.TypedMultipleChoiceField(
        label=_("What I have read and talked through"),
        choices=Item.choices,
        coerce=Item,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> list[Any]:
        """The parts that are ticked."""
        return list(self.cleaned_data["items"])
