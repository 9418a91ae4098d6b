"""The training's checklist: what whoever learns has read and talked through."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.queries import deciders, members_of_kind
from outofhours.lifecycle import Item, PlaceState
from outofhours.models import BankPlace, Learnt
from outofhours.notifications import tell_waits
from outofhours.queries import in_bank
from outofhours.services.bank import authorised, note, own
from people.decisions import Conflict


@transaction.atomic
def set_learnt(*, by: Membership, items: Collection[Item]) -> BankPlace:
    """Tick these parts of one's own checklist, and no others; when it is whole, those who sign off are told.

    Raises `Refused`, and `Conflict` for whoever is not learning.
    """
    member, now = authorised(by)
    place = own(member)
    if place.state != PlaceState.LEARNING:
        raise Conflict(_("This changed meanwhile. Please look again."))
    before = set(place.learnt.values_list("item", flat=True))
    place.learnt.exclude(item__in=items).delete()
    Learnt.objects.bulk_create(Learnt(place=place, item=item, at=now) for item in items if item not in before)
    if len(set(items)) == len(Item) and before != set(items):
        apart = apart_from(member, now)
        lsus = [term.place.membership_id for term in in_bank(member.community, now)]
        asked = {*lsus, *deciders(member.community, now).values_list("pk", flat=True)}
        asked |= set(members_of_kind(member.community, Kind.STAFF).values_list("pk", flat=True))
        people = Membership.objects.filter(pk__in=asked - apart - {member.pk}, state=State.ACTIVE)
        tell_waits(place, people.select_related("person"), now)
    note(place, "tick training", member, now)
    return place
