"""From a notice that has become due to a push for each of its person's phones."""

from datetime import datetime

from django.db import transaction

from notices import queries, telling
from notices.models import Notice, Push
from notices.models.errands import TRIED_FOR

MOST_AT_ONCE = 500


def spread_due(at: datetime) -> int:
    """Make the pushes of every notice that is due by `at`; return how many notices there were. Safe to run twice.

    Also says to whoever listens that these people have something new: what was told for later is new only now.
    """
    spread = 0
    while batch := list(_due(at)):
        _spread(batch)
        spread += len(batch)
    return spread


def _due(at: datetime) -> list[Notice]:
    return list(Notice.objects.filter(to_push=True, due_at__lte=at).order_by("due_at", "id")[:MOST_AT_ONCE])


@transaction.atomic
def _spread(batch: list[Notice]) -> None:
    live = [notice for notice in batch if not (notice.seen_at or notice.withdrawn_at)]
    phones = queries.phones_by_person(notice.person_id for notice in live)
    pushes = [
        Push(
            notice=notice,
            phone=phone,
            due_at=notice.due_at,
            again_at=notice.due_at,
            useless_at=notice.due_at + TRIED_FOR,
        )
        for notice in live
        for phone in phones.get(notice.person_id, ())
        if phone.made_at <= notice.due_at
    ]
    Push.objects.bulk_create(pushes, ignore_conflicts=True)
    Notice.objects.filter(pk__in=[notice.pk for notice in batch]).update(to_push=False)
    telling.changed(notice.person_id for notice in live)
