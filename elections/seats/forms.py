"""What is chosen on the pages of elections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from communities.models import Membership


class NominateForm(forms.Form):
    """Whose name is put forward."""

    who = forms.TypedChoiceField(
        label=_("Who would be good at it?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose somebody.")},
    )

    def __init__(self, *args: Any, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [(person.pk, person.display_name) for person in people]
        offer(self, "who", choices)

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["who"]]
