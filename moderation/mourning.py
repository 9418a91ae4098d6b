"""Who may say that a member has died. Plain functions; every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office
from communities.queries import offices_in
from moderation.circle import Offices
from moderation.models import Death, DeathVoice
from people.decisions import YES, Decision, no

# Two of the Top Three with staff (domain, section 8).
OF_TOP_THREE, OF_STAFF = 2, 1


def may_say_died(membership: Membership, about: Membership, now: datetime) -> Decision:
    """The Top Three in office and staff, with the second step given; of another member. Two queries for members."""
    may = acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)
    if not may:
        return may
    other = about.community_id == membership.community_id and about.pk != membership.pk
    if not other or about.kind != Kind.MEMBER or about.state == State.DIED:
        return no(_("This can't be done for this person."))
    if about.pk in apart_from(membership, now):
        return no(_("This one is for the others of you."))
    return YES


def counting(death: Death, now: datetime) -> list[DeathVoice]:
    """The voices whose speakers still are what they were: in office, or of staff. Two queries."""
    offices: Offices = offices_in(death.community_id, now)
    return [voice for voice in death.voices.select_related("by") if _still(voice, offices)]


def _still(voice: DeathVoice, offices: Offices) -> bool:
    if voice.as_staff:
        return voice.by.kind == Kind.STAFF and voice.by.state == State.ACTIVE
    return bool(offices.get(voice.by_id, frozenset()) & DECIDING_OFFICES)


def are_enough(voices: list[DeathVoice]) -> bool:
    """Two of the Top Three with one of staff. No query."""
    staff = sum(voice.as_staff for voice in voices)
    return staff >= OF_STAFF and len(voices) - staff >= OF_TOP_THREE
