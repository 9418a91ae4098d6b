"""A member has died: two of the Top Three with one of staff say so, and then everything about them rests."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.lifecycle import Kind, State
from communities.models import Community, Membership
from communities.queries import apart_from, deciders, lock_membership, members_of_kind, rules_of
from moderation.lifecycle import DEATH_STEPS, DeathState
from moderation.models import Death, DeathVoice
from moderation.mourning import are_enough, counting, may_say_died
from moderation.queries.deaths import lock_death
from moderation.services.standing import change_standing
from moderation.standing_notices import ask_about_death
from notices.services import withdraw
from people.decisions import Conflict, require
from people.models import Person
from people.services.sittings import end_all
from people.transitions import target

# A plan stays closed for good; a date far off says it to whatever reads only the date.
FOR_GOOD = timedelta(days=365 * 100)


@transaction.atomic
def begin_death(*, membership: Membership, by: Membership) -> Death:
    """Say, as the first, that a member has died. The Top Three in office, or staff; the others are asked.

    Nothing changes before two of the Top Three and one of staff have said it. Begun twice is once. Raises `Refused`.
    """
    member, about = _lock(by, membership)
    now = clock.now()
    require(may_say_died(member, about, now))
    death = Death.objects.filter(membership=about, state=DeathState.BEGUN).first()
    if death is None:
        death = Death.objects.create(community=about.community, membership=about, begun_at=now)
        others = [*deciders(about.community, now), *members_of_kind(about.community, Kind.STAFF)]
        not_asked = {member.pk, about.pk, *apart_from(about, now)}
        people = Membership.objects.filter(pk__in=[one.pk for one in others]).exclude(pk__in=not_asked)
        ask_about_death(death, people.select_related("person", "community"), now)
    _speak(death, member, about, now)
    return death


@transaction.atomic
def confirm_death(*, death: Death, by: Membership) -> bool:
    """Say it too; True once two of the Top Three and one of staff have, and it is recorded.

    No mail and no notice reaches them any more, every sitting ends, their plan stays closed, what waited is taken back.
    For a while words of method are looked at first and more contacts shown. Raises `Refused`, and `Conflict` when it
    was recorded or dropped meanwhile.
    """
    member, about = _lock(by, death.membership)
    row = lock_death(death.pk)
    now = clock.now()
    require(may_say_died(member, about, now))
    if row.state != DeathState.BEGUN:
        raise Conflict(_("This was settled meanwhile."))
    return _speak(row, member, about, now)


@transaction.atomic
def drop_death(*, death: Death, by: Membership) -> None:
    """Say that it is not so, or not known: nothing happens. One who may say it is enough.

    Raises `Refused`, and `Conflict` when it was settled meanwhile.
    """
    member, about = _lock(by, death.membership)
    row = lock_death(death.pk)
    now = clock.now()
    require(may_say_died(member, about, now))
    _close(row, "drop", now)
    record(chain=row.community.chain, verb="drop death", actor=member.ref, subject=row.ref, at=now)


def _lock(by: Membership, about: Membership) -> tuple[Membership, Membership]:
    # The person first, then memberships in the order of their numbers.
    Person.objects.select_for_update(no_key=True).get(pk=about.person_id)
    locked = {one.pk: lock_membership(one) for one in sorted((by, about), key=lambda one: one.pk)}
    return locked[by.pk], locked[about.pk]


def _speak(death: Death, member: Membership, about: Membership, now: datetime) -> bool:
    facts = {"at": now, "as_staff": member.is_staff}
    DeathVoice.objects.update_or_create(death=death, by=member, defaults=facts)
    enough = are_enough(counting(death, now))
    if enough:
        _close(death, "record", now)
        _let_rest(death, about, member, now)
    said = {"staff": member.is_staff}
    chain = about.community.chain
    record(chain=chain, verb="speak of death", actor=member.ref, subject=death.ref, at=now, facts=said)
    return enough


def _close(death: Death, verb: str, now: datetime) -> None:
    death.state = target(DEATH_STEPS, verb, death.state, said=_("This was settled meanwhile."))
    death.closed_at = now
    death.save(update_fields=["state", "closed_at"])
    withdraw(key_prefix=f"{death.ref}:asked", now=now)


def _let_rest(death: Death, about: Membership, member: Membership, now: datetime) -> None:
    Person.objects.filter(pk=about.person_id).update(is_active=False, plan_closed_until=now + FOR_GOOD)
    end_all(about.person)
    days = rules_of(about.community).mourning_days
    if days and about.state != State.LEFT:
        Community.objects.filter(pk=about.community_id).update(mourning_until=now + timedelta(days=days))
    change_standing(membership=about, verb="record_death", by=member.ref, facts={"death": death.pk})
