"""What goes when somebody erases their plans, for the page that asks whether it should."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from crisisplans.models import Plan, PlanKey
from crisisplans.queries.owning import require_not_closed
from people.models import Person


@dataclass(frozen=True)
class ToErase:
    """How many plans and versions there are of somebody's, and whether they are on their way out already."""

    plans: int
    versions: int
    is_going: bool


def plans_to_erase(person: Person, now: datetime) -> ToErase:
    """What there is to erase; for the person alone, and without opening anything. Two queries.

    Raises `PlanClosed` while the plans are shut: whoever came in is told nothing of them, nor offered what is refused.
    """
    require_not_closed(person, now)
    rows = list(
        Plan.objects.filter(person_id=person.pk).annotate(many=Count("versions")).values_list("many", flat=True)
    )
    going = PlanKey.objects.filter(person_id=person.pk, erasing_at__isnull=False).exists()
    return ToErase(len(rows), sum(rows), going)
