"""What a copy on a phone is asked about. Its PIN never comes here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crisisplans.leaving import OnLeaving


class OnLeavingForm(forms.Form):
    """What "Exit this page" does with the copy: it goes, unless its owner wants it to stay."""

    exit = forms.ChoiceField(
        label=_("When you press “Exit this page”"),
        choices=OnLeaving.choices,
        initial=OnLeaving.TAKE,
        widget=forms.RadioSelect,
    )
