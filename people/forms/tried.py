"""What the forms with a secret in them share: a try is counted before the secret is looked at."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people import devices, tries
from people.models import Person

TOO_MANY = _("Too many tries. Wait 5 minutes, then try again. What you were writing is safe.")


class TriedForm(forms.Form):
    """Asks for a secret; after five wrong tries it stops looking for five minutes (safety checks 1.12)."""

    # What is tried, so that wrong passwords use up no tries at codes.
    kind: str
    request: HttpRequest

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    @property
    def too_many(self) -> bool:
        """Whether the page should say so by its status too (429)."""
        return any(fault.code == "too_many" for faults in self.errors.as_data().values() for fault in faults)

    def counter(self, person: Person | None, typed: str = "", *, kind: str = "") -> tries.Counter:
        """Return what counts these tries: by kind, account, and device or address."""
        account = tries.account_of(person, typed)
        return tries.Counter(kind or self.kind, account, devices.source(self.request, person))

    def count(self, counter: tries.Counter, now: datetime) -> None:
        """Count this try; raises the error the page shows when there were too many."""
        taken = tries.take_second_step if self.kind == "second step" else tries.take
        if not taken(counter, now=now):
            raise ValidationError(TOO_MANY, code="too_many")
