"""How somebody wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailChoiceForm(forms.Form):
    mail = forms.BooleanField(
        label=_("Send me an e-mail when there is something new"),
        help_text=_("The e-mail only says that there is something new. It never says what, or who wrote it."),
        required=False,
    )
