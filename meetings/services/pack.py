"""The pack of a meeting: what somebody brings in their own words, the order of it all, and the time for each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.policies import holds_office
from communities.queries import lock_membership
from meetings.lifecycle import ItemKind, MeetingState
from meetings.models import AgendaItem, CommunityMeeting
from meetings.pack_times import MOST_MINUTES, fingerprint, whole
from meetings.policies.pack import may_add_item, may_arrange
from meetings.queries import lock_meeting
from meetings.queries.agenda import arranged_items
from meetings.services.agenda import check_words, put_on_agenda, same_form
from people.decisions import Conflict, Refused, require

# One person's; so that there is time for everybody's.
MOST_WAITING = 5


class Placing(NamedTuple):
    """One thing as somebody arranged it: its number, where it comes, and for how many minutes."""

    item: int
    place: int
    minutes: int


@transaction.atomic
def add_item(*, by: Membership, title: str, why: str, form_key: UUID) -> AgendaItem:
    """Bring something to the next meeting in one's own words, without a thread (domain, section 7).

    Members who take part; five of one's own at a time. The same form is one item. Raises `Refused` and ValidationError
    for words that are missing or too long.
    """
    check_words(title, why)
    member = lock_membership(by)
    now = clock.now()
    require(may_add_item(member))
    if (sent_before := same_form(member, form_key)) is not None:
        return sent_before
    own = AgendaItem.objects.waiting().filter(by=member, kind=ItemKind.OTHER).count()
    if own >= MOST_WAITING:
        raise Refused(_("Five things of yours wait already. You can take one off, or say this one at the meeting."))
    return put_on_agenda(
        community=member.community, kind=ItemKind.OTHER, title=title, why=why, by=member, now=now, form_key=form_key
    )


@transaction.atomic
def arrange(*, meeting: CommunityMeeting, by: Membership, placings: Sequence[Placing], seen: str) -> list[AgendaItem]:
    """Put what waits in order and give each thing a time, in minutes. Return it in its new order.

    Whoever may plan the meeting, and its chair, until the meeting is over. `seen`: what the order looked like to them
    (`meetings.pack_times.fingerprint`). What they do not see before the opening keeps its place behind. The same order
    twice is once. Raises `Refused`, and `Conflict` where things came, went or were moved meanwhile.
    """
    member = lock_membership(by)
    row = lock_meeting(meeting.pk)
    now = clock.now()
    require(may_arrange(member, row, now))
    if row.state not in {MeetingState.PLANNED, MeetingState.OPEN}:
        raise Conflict(_("This meeting is over. What waits comes to the next one."))
    # Asked anew, under the lock: which offices a page's door has seen, a locked row does not know.
    all_of_it = member.is_staff or bool(holds_office(member, now))
    items = arranged_items(row, all_of_it=all_of_it, now=now, lock=True)
    wanted = {placing.item: placing for placing in placings}
    ordered = sorted(items, key=lambda item: wanted[item.pk].place if item.pk in wanted else len(items))
    _check(items, wanted)
    placed = [(item, place, wanted[item.pk].minutes) for place, item in enumerate(ordered, start=1)]
    if all((item.place, item.minutes) == (place, minutes) for item, place, minutes in placed):
        return ordered
    if fingerprint(items) != seen:
        raise Conflict(_("The agenda has changed meanwhile. Please look at it again."))
    for item, place, minutes in placed:
        item.place, item.minutes = place, minutes
    AgendaItem.objects.bulk_update(ordered, ["place", "minutes"])
    _record(row.community, row, member, ordered, now)
    return ordered


def _check(items: Sequence[AgendaItem], wanted: dict[int, Placing]) -> None:
    if set(wanted) != {item.pk for item in items}:
        raise Conflict(_("The agenda has changed meanwhile. Please look at it again."))
    if any(not 1 <= placing.minutes <= MOST_MINUTES for placing in wanted.values()):
        raise Refused(_("Please give each thing between one minute and three hours."))


def _record(
    community: Community, meeting: CommunityMeeting, by: Membership, items: Sequence[AgendaItem], now: datetime
) -> None:
    facts = {"items": len(items), "minutes": whole(items)}
    record(chain=community.chain, verb="arrange agenda", actor=by.ref, subject=meeting.ref, at=now, facts=facts)
