"""That words which stand somewhere may be about danger: told to those who look, never which nor what (safety checks,
6.5). They are no hold, so nothing waits for a decision; but somebody should read them soon (domain, section 8)."""

from datetime import datetime

import clock
from boards.notifications import AGAIN_AFTER
from communities import rota
from communities.duty import duty_hours, next_cover, watch
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Hours, Membership
from communities.queries import apart_from, deciders
from notices.models import Notice
from notices.services import tell

# From here on it may be about danger now (boards.screening).
DANGER = 2
# The kind of what is told a second time, whatever it is about.
AGAIN = "urgent_again"


def tell_of_danger(*, kind: str, stem: str, path: str, by: Membership, now: datetime) -> None:
    """Tell those on duty of words by `by`, and again after 15 minutes if none of them has looked; with nobody on duty
    each of those in office for when they next look, and staff for their cover hours. Nobody off duty is woken. Never
    their writer, nor whoever is kept apart from them.

    `stem`: of the notices' keys, which end with their reader's membership. Called in the writing's transaction.
    """
    on_duty = watch(by.community, now, but_not=by).on_duty
    whom = [(member, now) for member in on_duty] or _when_they_look(by, now)
    for member, due_at in whom:
        tell(person=member.person, kind=kind, key=f"{stem}:{member.pk}", path=path, now=now, due_at=due_at)
    for member in on_duty:
        key = f"{stem}:again:{member.pk}"
        tell(person=member.person, kind=AGAIN, key=key, path=path, now=now, due_at=now + AGAIN_AFTER)


def _when_they_look(by: Membership, now: datetime) -> list[tuple[Membership, datetime]]:
    not_they = apart_from(by, now) | {by.pk}
    hours: dict[int, list[Hours]] = {}
    for row in duty_hours(by.community, now):
        hours.setdefault(row.membership_id, []).append(row)
    found = {
        member: rota.next_look(hours.get(member.pk, []), now) or now
        for member in deciders(by.community, now).select_related("person")
    } | next_cover(by.community, now)
    return [(member, due_at) for member, due_at in found.items() if member.pk not in not_they]


def nobody_has_looked(notice: Notice) -> bool:
    """Whether none of those told first has opened what it leads to. One query."""
    stem = notice.key.rpartition(":again:")[0]
    return not Notice.objects.filter(key__startswith=f"{stem}:", seen_at__isnull=False).exists()


def looks_after_it(notice: Notice) -> bool:
    """Whether its reader is still one of those who look: in office, or staff. Two queries at most."""
    member = Membership.objects.filter(pk=int(notice.key.rpartition(":")[2]))
    in_office: bool = member.in_office(DECIDING_OFFICES, clock.now()).exists()
    return in_office or member.filter(kind=Kind.STAFF, state=State.ACTIVE).exists()
