"""The group's letters: those that are open, one of them, and those to oneself."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from communities.apart import apart_from, never_with
from communities.entry import or_404
from communities.models import Community, Membership
from meetings.lifecycle.attendance import OPEN_ABSENCES, AbsenceState, ComeBackState
from meetings.models import AbsenceCase, ComeBackAsked, LetterReached, LetterVoice, LetterWords
from meetings.policies.attendance import may_see_letters

# An answer stays to be read by those who wrote for a while.
SHOWN_CLOSED = timedelta(days=14)
MOST_SHOWN = 100


def open_absences(community: Community) -> QuerySet[AbsenceCase]:
    """Every letter of the community that is not at its end, the oldest first. For jobs and counting."""
    rows = AbsenceCase.objects.filter(community=community, state__in=OPEN_ABSENCES)
    return rows.select_related("membership", "community").order_by("begun_at", "pk")


def letters_for(membership: Membership, now: datetime) -> list[AbsenceCase]:
    """The letters that are open, and those answered lately, as this member may see them. One query.

    Called by pages that asked the policy.
    """
    lately = Q(state=AbsenceState.ANSWERED, closed_at__gt=now - SHOWN_CLOSED)
    rows = AbsenceCase.objects.filter(Q(state__in=OPEN_ABSENCES) | lately, community=membership.community_id)
    return list(_not_theirs(rows, membership).select_related("membership").order_by("begun_at", "pk")[:MOST_SHOWN])


def access_letter(membership: Membership, pk: int) -> AbsenceCase:
    """One letter that this member may see, with its words and voices. Raises Http404. Four queries."""
    return get_object_or_404(_whole(_seen_by(membership)), pk=pk)


def access_absence(membership: Membership, pk: int) -> AbsenceCase:
    """The same without its words. Raises Http404. One query."""
    rows = _seen_by(membership).select_related("membership__person", "membership__community", "community")
    return get_object_or_404(rows, pk=pk)


def _seen_by(membership: Membership) -> QuerySet[AbsenceCase]:
    or_404(may_see_letters(membership))
    return _not_theirs(AbsenceCase.objects.filter(community=membership.community_id), membership)


def _not_theirs(rows: QuerySet[AbsenceCase], membership: Membership) -> QuerySet[AbsenceCase]:
    """Never the one about themselves, nor about somebody kept apart from them (domain, section 8)."""
    return rows.exclude(membership=membership).exclude(never_with(membership.pk))


def own_letters(membership: Membership) -> list[AbsenceCase]:
    """The letters to oneself, the newest first: those that were agreed on, over or not. Four queries."""
    return list(
        _whole(_sent(AbsenceCase.objects.filter(membership=membership))).order_by("-begun_at", "-pk")[:MOST_SHOWN]
    )


def access_own_letter(membership: Membership, pk: int) -> AbsenceCase:
    """A letter to oneself. Raises Http404 for one that is still being written, and for anybody else's."""
    return get_object_or_404(_whole(_sent(AbsenceCase.objects.filter(membership=membership))), pk=pk)


def _sent(rows: QuerySet[AbsenceCase]) -> QuerySet[AbsenceCase]:
    return rows.filter(sent_at__isnull=False)


def _whole(rows: QuerySet[AbsenceCase]) -> QuerySet[AbsenceCase]:
    voices = Prefetch("voices", LetterVoice.objects.select_related("by"))
    words = LetterWords.objects.select_related("by").prefetch_related(voices)
    holding = LetterReached.objects.filter(taken_back_at__isnull=True).select_related("by")
    return rows.select_related("membership__person", "membership__community", "community").prefetch_related(
        Prefetch("letters", words), Prefetch("reached", holding)
    )


def lock_absence(pk: int) -> AbsenceCase:
    """Read anew under its row's lock; the membership it is about is locked already. In a transaction only."""
    rows = AbsenceCase.objects.select_for_update(of=("self",))
    return rows.select_related("membership__person", "membership__community", "community").get(pk=pk)


def newest_words(case: AbsenceCase) -> LetterWords:
    """The version of the words that holds."""
    return list(case.letters.all())[-1]


def is_unopened(cases: Iterable[AbsenceCase]) -> bool:
    """Whether one of these letters to somebody has not reached them."""
    return any(case.state == AbsenceState.SENT for case in cases)


def not_reached(community: Community) -> list[AbsenceCase]:
    """Letters that are agreed and have not reached anybody yet, the oldest first: for staff's day. One query."""
    rows = AbsenceCase.objects.filter(community=community, state=AbsenceState.SENT)
    return list(rows.select_related("membership").order_by("sent_at", "pk"))


def own_come_back(membership: Membership, *, lock: bool = False) -> ComeBackAsked | None:
    """What somebody asked about coming back, and waits. One query."""
    rows = ComeBackAsked.objects.filter(membership=membership, state=ComeBackState.OPEN)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return rows.select_related("session").first()


def come_backs(membership: Membership, now: datetime) -> list[ComeBackAsked]:
    """Who asks to come back, the longest first, but whoever is kept apart from the reader. Two queries."""
    return list(_asked(membership, now).order_by("made_at", "pk")[:MOST_SHOWN])


def access_come_back(membership: Membership, pk: int, now: datetime) -> ComeBackAsked:
    """One who asks to come back. Raises Http404, also for what is at its end."""
    return get_object_or_404(_asked(membership, now), pk=pk)


def _asked(membership: Membership, now: datetime) -> QuerySet[ComeBackAsked]:
    rows = ComeBackAsked.objects.filter(
        membership__community=membership.community_id, state=ComeBackState.OPEN
    ).exclude(membership__in=apart_from(membership, now))
    return rows.select_related("membership__person", "membership__community", "session__group", "session__facilitator")


def lock_come_back(pk: int) -> ComeBackAsked:
    """Read anew under its row's lock. In a transaction only."""
    rows: QuerySet[Any] = ComeBackAsked.objects.select_for_update(of=("self",))
    found: ComeBackAsked = rows.select_related("membership__community", "session__group").get(pk=pk)
    return found
