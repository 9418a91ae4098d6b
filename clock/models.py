"""When each regular job last ran: so that "the sweeps stand still" can be seen from outside (`/readyz`)."""

from datetime import datetime

from django.db import models


class Sweep(models.Model):
    """One regular job of the site."""

    name = models.CharField(max_length=60, unique=True)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


def note_sweep(name: str, now: datetime) -> None:
    """Note that the regular job `name` ran at `now`; called by the job itself when it is done."""
    Sweep.objects.update_or_create(name=name, defaults={"ran_at": now})
