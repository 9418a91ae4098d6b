"""The doors of motions: what one membership may see of them, and what is due."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from boards.queries.thread import NO_NUMBER
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Community, Membership
from communities.queries import everybody, members_of_kind, offices_in, offices_of
from elections.lifecycle import PollState
from elections.models import Elector, Motion, MotionWords, Poll
from elections.motions.lifecycle import OPEN, Effect, MotionKind, MotionState, WordsState

A_PAGE = 20


def _with_all(rows: QuerySet[Motion]) -> QuerySet[Motion]:
    words = Prefetch("words", MotionWords.objects.select_related("by"))
    return rows.select_related("about", "proposed_by", "poll", "selection_day").prefetch_related(words)


def access_motion(membership: Membership, pk: int) -> Motion:
    """A motion that this membership may read. Raises Http404, for missing and not theirs alike. Two queries."""
    if pk >= NO_NUMBER:
        pk = 0
    motion = get_object_or_404(_with_all(Motion.objects.visible_to(membership)), pk=pk)
    motion.community = membership.community
    return motion


def access_words(membership: Membership, motion: int, part: str) -> MotionWords:
    """Words beside a motion that this membership may read. Raises Http404. One query."""
    if motion >= NO_NUMBER:
        motion = 0
    rows = MotionWords.objects.select_related("motion__about", "motion__community", "by__person")
    return get_object_or_404(rows.filter(motion__in=Motion.objects.visible_to(membership)), motion=motion, part=part)


def open_motions(membership: Membership) -> list[Motion]:
    """What is talked over or voted on and may be read by this membership, the next to open or close first. Two
    queries."""
    rows = _with_all(Motion.objects.visible_to(membership).open())
    return sorted(rows, key=lambda motion: (motion.poll.closes_at if motion.poll else motion.opens_at, motion.pk))


def open_about(membership: Membership) -> list[int]:
    """What is talked over or voted on about this very member, by number, the oldest first. One query."""
    rows = Motion.objects.visible_to(membership).open().filter(about=membership)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def decided_motions(membership: Membership, before: int | None = None) -> Sequence[Motion]:
    """What has been decided or taken back, the latest first, a page of 20 and one more. At most two queries."""
    rows = _with_all(Motion.objects.visible_to(membership).exclude(state__in=OPEN)).order_by("-decided_at", "-pk")
    if before is not None:
        last = Motion.objects.filter(pk=before, community_id=membership.community_id).values("decided_at")
        rows = rows.filter(decided_at__lt=last[:1])
    return list(rows[: A_PAGE + 1])


def open_polls(membership: Membership, now: datetime) -> list[Poll]:
    """Votes that are open and not on a motion (elections), those on whose roll the member is. One query."""
    rows = Poll.objects.filter(community_id=membership.community_id, state=PollState.OPEN, closes_at__gt=now)
    on_roll = rows.filter(motion=None, roll__membership=membership)
    return list(on_roll.select_related("community").order_by("closes_at", "pk"))


def still_to_vote_on(now: datetime) -> QuerySet[Elector]:
    """Lines of every roll whose vote is open and which have not been used: a member's own are counted in the menu."""
    return Elector.objects.filter(has_voted=False, poll__state=PollState.OPEN, poll__closes_at__gt=now)


def lines_of(membership: Membership, polls: Collection[int | None]) -> dict[int, Elector]:
    """The member's own lines of these votes' rolls, by vote. One query."""
    wanted = [poll for poll in polls if poll is not None]
    rows = Elector.objects.filter(membership=membership, poll__in=wanted) if wanted else []
    return {row.poll_id: row for row in rows}


def words_to_look_at(membership: Membership) -> list[MotionWords]:
    """Words that wait for one of the Top Three whom they do not concern, the most urgent first. One query."""
    if not membership.decides:
        return []
    held = MotionWords.objects.filter(state=WordsState.HELD, motion__community_id=membership.community_id)
    rows = held.exclude(by=membership).exclude(motion__about=membership).exclude(motion__proposed_by=membership)
    return list(rows.select_related("by", "motion__about").order_by("-urgency", "written_at"))


def due_to_open(now: datetime, community: Community | None = None) -> list[int]:
    """Motions whose time to talk is over. One query."""
    due = Motion.objects.filter(state=MotionState.TALKING, opens_at__lte=now)
    return list(
        (due.filter(community=community) if community else due).order_by("opens_at").values_list("pk", flat=True)
    )


def due_to_happen(community: Community | None = None) -> list[int]:
    """Motions that were carried and have not happened yet, because something was amiss at the close. One query."""
    due = Motion.objects.filter(state=MotionState.CARRIED, effect="")
    return list((due.filter(community=community) if community else due).values_list("pk", flat=True))


def lock_motion(pk: int) -> Motion:
    """The motion read anew under its row's lock. In a transaction only, after memberships and its vote."""
    rows = Motion.objects.select_for_update(of=("self",)).select_related("community", "about__person", "proposed_by")
    return rows.get(pk=pk)


def lock_words(pk: int) -> MotionWords:
    """The words read anew under their row's lock, after their motion's."""
    rows = MotionWords.objects.select_for_update(of=("self",)).select_related("motion__community", "by__person")
    return rows.get(pk=pk)


def own_open(membership: Membership) -> int:
    """How many proposals of this member are open; a selection day counts as one. One query."""
    return Motion.objects.open().filter(proposed_by=membership).values("form_key").distinct().count()


def whom_it_may_be_about(kind: MotionKind, membership: Membership, now: datetime) -> list[Membership]:
    """Those a motion of this kind can be about, by name, never the asker. One query, two for an office.

    Others never see why somebody is away: a return is for whoever knows of the suspension.
    """
    here = everybody(membership.community).filter(kind=Kind.MEMBER).exclude(pk=membership.pk)
    if kind == MotionKind.ADMISSION:
        return list(here.filter(state=State.PROSPECTIVE))
    if kind == MotionKind.RETURN:
        return list(here.filter(_known_as_suspended(membership, now)))
    if kind == MotionKind.RECALL:
        return list(here.filter(pk__in=offices_in(membership.community_id, now)))
    return list(here.exclude(state=State.PROSPECTIVE))


def _known_as_suspended(membership: Membership, now: datetime) -> Q:
    """Suspended by a vote, which members know; those in office know of every suspension (`policies.may_return`)."""
    if offices_of(membership, now) & DECIDING_OFFICES:
        return Q(state=State.SUSPENDED)
    by_vote = Motion.objects.filter(kind=MotionKind.SUSPENSION, effect=Effect.DONE, about__state=State.SUSPENDED)
    return Q(pk__in=by_vote.filter(community=membership.community).values("about"))


def staff_here(membership: Membership, only: Sequence[int] | None = None) -> list[Membership]:
    """Staff of the community, all or these, by name. One query."""
    rows = members_of_kind(membership.community, Kind.STAFF).order_by("display_name")
    return list(rows if only is None else rows.filter(pk__in=only))
