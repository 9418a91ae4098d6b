"""Reviews that can still be put down as done, and for whom that has happened; suggestions, by either side."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.apart import people_apart
from communities.lifecycle import State
from communities.models import Membership
from crisisplans.lifecycle import OpeningKind, PlanKind, SuggestionState
from crisisplans.models import Opening, OpeningReader, ReviewDone, Suggestion
from crisisplans.queries.opened import NO_NUMBER, owners_here
from people.models import Person

# After the group has gone home somebody still has to put it down.
RECORDED_WITHIN = timedelta(days=2)


def reviews_to_record(membership: Membership, now: datetime) -> list[Opening]:
    """Reviews this member was named for, open or over for two days at most, that nobody has put down. One query."""
    rows = _recordable(membership, now).filter(opening__review_done=None)
    return [row.opening for row in rows.select_related("opening__plan").order_by("-opening__opened_at")]


def access_review_to_record(membership: Membership, pk: int, now: datetime, *, lock: bool = False) -> Opening:
    """One of those, put down already or not. Raises Http404. One query."""
    if pk >= NO_NUMBER:
        raise Http404
    rows = _recordable(membership, now).filter(opening=pk).select_related("opening__plan", "opening__community")
    if lock:
        rows = rows.select_for_update(of=("opening",))
    return get_object_or_404(rows).opening


def _recordable(membership: Membership, now: datetime) -> QuerySet[OpeningReader]:
    since = now - RECORDED_WITHIN
    over = Q(opening__closed_at=None, opening__until__gt=since) | Q(opening__closed_at__gt=since)
    return OpeningReader.objects.filter(
        over,
        Exists(owners_here("opening__")),
        ~Exists(people_apart(OuterRef("opening__plan__person"), membership.person_id)),
        ended_at=None,
        membership=membership.pk,
        membership__state=State.ACTIVE,
        membership__state_since__lte=F("opening__opened_at"),
        opening__community=membership.community_id,
        opening__kind=OpeningKind.REVIEW,
        # What is put down counts for joining, and that asks for a crisis plan (domain, section 2).
        opening__plan__kind=PlanKind.CRISIS,
        opening__opened_at__lte=now,
    )


def reviewed(members: Collection[Membership]) -> frozenset[int]:
    """Who of these has had their plan reviewed with the group since they came in, by membership. One query.

    For the community's condition for joining (`communities.admitting`): that it was done, and nothing of it.
    """
    rows = ReviewDone.objects.filter(owner__in=[one.pk for one in members], at__gte=F("owner__state_since"))
    return frozenset(rows.values_list("owner", flat=True))


def suggestions_waiting(person: Person) -> list[Suggestion]:
    """What others suggest for one's own plans and waits for an answer, the oldest first. One query."""
    rows = Suggestion.objects.filter(opening__plan__person=person, state=SuggestionState.WAITING)
    return list(rows.select_related("by", "opening__plan").order_by("pk"))


def access_suggestion(person: Person, pk: int) -> Suggestion:
    """One suggestion for one's own plan. Raises Http404. One query."""
    if pk >= NO_NUMBER:
        raise Http404
    rows = Suggestion.objects.filter(opening__plan__person=person).select_related("by", "opening__plan")
    return get_object_or_404(rows, pk=pk)


def own_suggestions(membership: Membership, opening: Opening) -> list[Suggestion]:
    """What this reader has suggested there, the oldest first. One query."""
    return list(Suggestion.objects.filter(opening=opening, by=membership).order_by("pk"))
