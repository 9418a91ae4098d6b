"""Keeping two people apart: asked for by one, set by two of the Top Three or by one with staff (domain, section 8).

The other is never told, and no line of the record says who they are.
"""

from datetime import datetime

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.apart import access_for_deciding, apart_from
from communities.apart_notices import tell_answered, tell_asked
from communities.keeping_apart import deciding_on, has_a_say, may_ask_apart, may_begin_apart, may_decide_apart
from communities.lifecycle import APART_OPEN, APART_STEPS, HERE, ApartSays, ApartState, Kind, State
from communities.models import ApartVoice, KeepApart, Membership
from communities.queries import lock_membership, offices_in
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

NEEDED = 2


@transaction.atomic
def ask_apart(*, by: Membership, other: Membership, words: str = "") -> KeepApart:
    """Ask to be kept apart from somebody here. Every member about themselves; asked twice is once.

    Those who decide are told, and staff; never `other`, whatever office they hold. Raises `Refused`, Http404, and
    `Conflict` where they are kept apart already.
    """
    member = lock_membership(by)
    require(may_ask_apart(member))
    return _begin(asker=member, other=other, by=member, words=words, now=clock.now())


@transaction.atomic
def begin_apart(*, by: Membership, asker: Membership, other: Membership, words: str = "") -> KeepApart:
    """Begin it for somebody who told one of those who decide; that one's voice counts as the first yes.

    The Top Three in office, or staff; neither of the two. Raises `Refused`, Http404, `Conflict` as `ask_apart`.
    """
    # In the order of their numbers, as everywhere where two are locked.
    locked = {one.pk: lock_membership(one) for one in sorted((by, asker), key=lambda one: one.pk)}
    member, asker = locked[by.pk], locked[asker.pk]
    now = clock.now()
    require(may_begin_apart(member, now))
    if member.pk in {asker.pk, other.pk} or asker.kind != Kind.MEMBER:
        raise Refused(_("This one is for the others of you."))
    row = _begin(asker=asker, other=other, by=member, words=words, now=now)
    if row.state == ApartState.ASKED:
        say_apart(apart=row, by=member, says=ApartSays.YES)
    return row


def _begin(*, asker: Membership, other: Membership, by: Membership, words: str, now: datetime) -> KeepApart:
    together = asker.community_id == other.community_id == by.community_id
    if not together or asker.pk == other.pk or not {asker.state, other.state} <= HERE:
        raise Http404
    # The asker's membership is locked: asked twice at once is once.
    there = KeepApart.objects.filter(asker=asker, other=other, state__in=APART_OPEN).select_for_update().first()
    if there:
        _add(there, words)
        return there
    row = KeepApart.objects.create(
        community=asker.community, asker=asker, other=other, begun_by=by, words=words, asked_at=now
    )
    readers = deciding_on(row, offices_in(row.community_id, now))
    people = Membership.objects.filter(pk__in=readers).select_related("person", "community")
    staff = Membership.objects.filter(community=row.community, kind=Kind.STAFF, state=State.ACTIVE)
    staff = staff.exclude(pk__in=(asker.pk, other.pk)).select_related("person", "community")
    tell_asked(row, [one for one in [*people, *staff] if one.pk != by.pk], now)
    record(chain=row.community.chain, verb="ask apart", actor=by.ref, subject=row.ref, at=now)
    return row


def _add(row: KeepApart, words: str) -> None:
    """Put what is written on asking again beside what was written before; the same form sent twice is once."""
    if row.state != ApartState.ASKED:
        raise Conflict(_("You are kept apart already."))
    if words and words not in row.words:
        row.words = "\n\n".join(part for part in (row.words, words) if part)
        row.save(update_fields=["words"])


@transaction.atomic
def say_apart(*, apart: KeepApart, by: Membership, says: str, words: str = "") -> str:
    """Say yes or no to it; returns its state then. Two who say the same decide, one of them at least in office.

    The Top Three in office (alternates where nobody else is left) and staff; never one of the two. A voice counts only
    while its speaker holds what they spoke as, and may be changed until it is decided. The asker is told. Raises
    `Refused`, Http404, and `Conflict` when it was decided meanwhile.
    """
    member = lock_membership(by)
    row = access_for_deciding(member, apart.pk, lock=True)
    now = clock.now()
    offices = offices_in(row.community_id, now)
    require(may_decide_apart(member, offices, now))
    if not has_a_say(member, row, offices):
        raise Refused(_("This one is for the others of you."))
    if row.state != ApartState.ASKED:
        raise Conflict(_("This was decided meanwhile."))
    ApartVoice.objects.update_or_create(apart=row, by=member, defaults={"says": says, "words": words, "at": now})
    voices = row.voices.filter(says=says).select_related("by")
    # Two who are themselves kept apart are never the two of one decision (domain, section 8).
    not_with = apart_from(member, now)
    agreed = [voice for voice in voices if voice.by_id not in not_with and has_a_say(voice.by, row, offices)]
    facts = {"says": str(says), "voices": len(agreed)}
    if len(agreed) >= NEEDED and any(not voice.by.is_staff for voice in agreed):
        _decide(row, ApartSays(says), "\n\n".join(voice.words for voice in agreed if voice.words), now)
        facts["state"] = row.state
    record(chain=row.community.chain, verb="speak on apart", actor=member.ref, subject=row.ref, at=now, facts=facts)
    return row.state


def _decide(row: KeepApart, says: ApartSays, answer: str, now: datetime) -> None:
    verb = "set" if says == ApartSays.YES else "decline"
    row.state = target(APART_STEPS, verb, row.state, said=_("This was decided meanwhile."))
    if row.state == ApartState.IN_FORCE:
        row.since = now
    else:
        row.closed_at = now
    row.answer = answer
    row.save(update_fields=["state", "since", "closed_at", "answer"])
    withdraw(key_prefix=f"{row.ref}:asked", now=now)
    tell_answered(row, now)


@transaction.atomic
def end_apart(*, apart: KeepApart, by: Membership) -> None:
    """End it, or take the asking back: whoever asked, at any time, nobody deciding. Twice is once. Raises Http404."""
    member = lock_membership(by)
    row = KeepApart.objects.select_for_update(of=("self",)).filter(pk=apart.pk, asker=member).first()
    if row is None:
        raise Http404
    if row.state not in APART_OPEN:
        return
    now = clock.now()
    row.state = target(APART_STEPS, "end", row.state, said=_("This has ended already."))
    row.closed_at = now
    row.save(update_fields=["state", "closed_at"])
    withdraw(key_prefix=f"{row.ref}:asked", now=now)
    record(chain=member.community.chain, verb="end apart", actor=member.ref, subject=row.ref, at=now)
