"""How somebody wants to have what is theirs."""

from django import forms

SHAPES = ("look", "page", "json")


class FileForm(forms.Form):
    """Which button was pressed."""

    choice = forms.ChoiceField(choices=[(one, one) for one in SHAPES])
