"""How the agenda's items of moderation go on: an objection, a post that too few could decide on, a danger notice."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

import clock
from boards.models import Post
from boards.queries.holding import not_theirs
from communities.apart import apart_from
from communities.models import Membership
from meetings import items
from meetings.lifecycle import ItemKind, Outcome
from meetings.models import AgendaItem
from moderation import cases
from moderation.models import DangerNotice, Objection
from moderation.services.hearing import meeting_heard
from moderation.services.meeting_says import meeting_decided

WAYS = (Outcome.STANDS, Outcome.CHANGED)


def register_all() -> None:
    """Say how they go on; called once, as the site starts."""
    way = partial(items.Way, outcomes=WAYS)
    objection = way(on_outcome=meeting_heard, keeps_out=_not_by, leads_to=_own_page, own=_own_objections)
    items.register(ItemKind.OBJECTION, objection)
    items.register(ItemKind.POST, way(on_outcome=meeting_decided, keeps_out=_not_by_author, own=_own_posts))
    items.register(ItemKind.DANGER, items.Way(keeps_out=_not_by_those_of_danger, own=_own_dangers))


def _objection(item: AgendaItem) -> Objection | None:
    rows = Objection.objects.select_related("by")
    return rows.filter(pk=cases.number_of(item.ref) or 0, community_id=item.community_id).first()


def _not_by(item: AgendaItem) -> Collection[int]:
    """Neither its maker nor whoever took the decision, nor whoever is kept apart from its maker, writes the outcome."""
    objection = _objection(item)
    if objection is None:
        return ()
    now = clock.now()
    case = cases.find(item.community_id, objection.case, now)
    not_they = case.decided_by | case.not_by if case else frozenset()
    return {objection.by_id} | not_they | apart_from(objection.by, now)


def _not_by_author(item: AgendaItem) -> Collection[int]:
    posts = Post.objects.filter(pk=cases.number_of(item.ref) or 0, community_id=item.community_id)
    found = list(posts.select_related("thread", "author"))
    apart = (apart_from(post.author, clock.now()) for post in found)
    return not_theirs(found).union(*apart)


def _not_by_those_of_danger(item: AgendaItem) -> Collection[int]:
    """Neither the one it was about, nor who gave it, nor whoever is kept apart from them, says how it went."""
    rows = DangerNotice.objects.filter(pk=cases.number_of(item.ref) or 0, community_id=item.community_id)
    danger = rows.select_related("about").first()
    if danger is None:
        return ()
    gave = {pk for pk in (danger.asked_by_id, danger.agreed_by_id) if pk is not None}
    return gave | {danger.about_id} | apart_from(danger.about, clock.now())


def _own_page(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    """Its maker's own page; to everybody else the agenda says all that is theirs to know."""
    return reverse("moderation:own_objection", args=[reader.community.slug, items.number_of(item)]) if is_own else ""


def _own_objections(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    return _numbered(Objection.objects.filter(pk__in=numbers, by=reader))


def _own_posts(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    own = Q(author=reader) | Q(thread__author=reader)
    return _numbered(Post.objects.filter(own, pk__in=numbers))


def _own_dangers(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    concerned = Q(about=reader) | Q(asked_by=reader) | Q(agreed_by=reader)
    return _numbered(DangerNotice.objects.filter(concerned, pk__in=numbers))


def _numbered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.annotate(case_number=F("pk")).values("case_number")
