"""Where a person's own keys lie. The keys themselves are in no database (ADR 0030)."""

from django.conf import settings
from django.db import models


class PlanKey(models.Model):
    """The name of a person's file in the key store, and the lock of everything that is sealed under it.

    Whoever seals words of this person holds this row's lock until they are committed, so that no key is changed for
    a newer one in between (`crisisplans.sealing`). `erasing_at`: the person has asked for all of it to be erased;
    from then on nothing of it is read, and what is left is on its way out.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_key")
    name = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    erasing_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"keys of person {self.person_id}"
