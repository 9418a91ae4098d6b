"""The logbook's doors: the record of one session and how somebody stands to it, the last one, and all of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from audit.commitments import matches
from audit.queries import entries_about
from communities.entry import or_404
from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.coming import Was
from meetings.lifecycle.logbook import LogbookState, ProposalState
from meetings.models import Mark, Register, Session, SessionRole
from meetings.models.logbook import Logbook, LogbookPart, LogbookProposal, LogbookSaid
from meetings.policies.logbook import InIt, may_read, may_see_logbooks, sees_all_logbooks
from meetings.policies.timetable import RUNS, runs_session
from people.decisions import no

RESULTS_A_PAGE = 20
# Whoever reads the last record out may look at it a little before.
LOOKS_BEFORE = timedelta(hours=24)
OPEN = (LogbookState.WRITING, LogbookState.READ_OUT)
# How the record names that one was agreed for good.
FREEZE = "freeze logbook"


@dataclass(frozen=True)
class Kept:
    """A session, its record (None: not begun), and how the one who asks stands to it."""

    session: Session
    logbook: Logbook | None
    stands: InIt


def access_record(membership: Membership, pk: int, now: datetime) -> Kept:
    """The record of a session as this member may read it, begun or not. Raises Http404. Two queries."""
    or_404(may_see_logbooks(membership))
    rows = Session.objects.filter(community_id=membership.community_id).annotate(**_standing(membership, now))
    session = get_object_or_404(rows.select_related("community", "group", "logbook__read_in"), pk=pk)
    kept = Kept(session, getattr(session, "logbook", None), _in_it(membership, session, now))
    or_404(may_read(membership, kept.logbook, kept.stands))
    return kept


def access_part(membership: Membership, pk: int, now: datetime) -> tuple[LogbookPart, Kept]:
    """A part of a record that they may read. Raises Http404. Three queries."""
    mine = LogbookPart.objects.filter(logbook__session__community_id=membership.community_id)
    part = get_object_or_404(mine.select_related("logbook"), pk=pk)
    return part, access_record(membership, part.logbook.session_id, now)


def access_proposal(membership: Membership, pk: int, now: datetime) -> tuple[LogbookProposal, Kept]:
    """A change that somebody would like and nobody has answered, in a record they may read. Raises Http404.

    To whom it is shown: its own author, and those who write the record. Three queries.
    """
    waiting = LogbookProposal.objects.filter(state=ProposalState.WAITING)
    mine = waiting.filter(logbook__session__community_id=membership.community_id)
    proposal = get_object_or_404(mine.select_related("logbook", "by", "part"), pk=pk)
    kept = access_record(membership, proposal.logbook.session_id, now)
    if not kept.stands.runs.allowed and proposal.by_id != membership.pk:
        raise Http404
    return proposal, kept


def seen_record(membership: Membership, session: Session, now: datetime) -> Kept | None:
    """The same for the page of a session, which came with its roles: None where they may not read it. One query."""
    if not may_see_logbooks(membership):
        return None
    found = in_it(membership, session.pk, now, page=session)
    return found if may_read(membership, found.logbook, found.stands) else None


def in_it(membership: Membership, session: int, now: datetime, *, page: Session | None = None) -> Kept:
    """A session's record and how a member stands to it, for services, under their locks. Two queries.

    `page`: the same session as a page's door brought it, with its roles; then one query.
    """
    rows = Session.objects.annotate(**_standing(membership, now)).select_related("community", "group", "logbook")
    found = rows.get(pk=session, community_id=membership.community_id)
    stands = replace(_as_one_of_them(membership, found), runs=runs_session(membership, page or found, now))
    return Kept(found, getattr(found, "logbook", None), stands)


def _standing(membership: Membership, now: datetime) -> dict[str, Any]:
    """What one question has to find out of a session for `_in_it`."""
    own = Mark.objects.filter(register__session=OuterRef("pk"), membership=membership)
    leads = SessionRole.objects.filter(role__in=RUNS, membership__state=State.ACTIVE)
    mine = leads.filter(membership=membership)
    later = Q(
        session__group=OuterRef("group"),
        session__starts_at__gt=OuterRef("starts_at"),
        session__starts_at__lte=now + LOOKS_BEFORE,
    )
    return {
        "own_mark": Subquery(own.values("was")[:1]),
        "is_taken": Exists(Register.objects.filter(session=OuterRef("pk"))),
        "has_leads": Exists(leads.filter(session=OuterRef("pk"))),
        "own_lead": Exists(mine.filter(session=OuterRef("pk"))),
        "reads_it": Exists(mine.filter(later)),
        "led_reading": Exists(mine.filter(session__read_there__session=OuterRef("pk"))),
    }


def _in_it(membership: Membership, session: Any, now: datetime) -> InIt:
    return replace(_as_one_of_them(membership, session), runs=runs_session(membership, session, now))


def _as_one_of_them(membership: Membership, session: Any) -> InIt:
    leads = session.own_lead and (session.own_mark == Was.HERE or not session.is_taken)
    facilitates = session.facilitator_id == membership.pk
    there = session.own_mark == Was.HERE or leads or facilitates
    # With neither chair nor secretary it is the facilitator; with none of them, those who were there.
    stands_in = not session.has_leads and (facilitates or (session.facilitator_id is None and there))
    return InIt(
        runs=no(""),
        there=there,
        reads_it=session.reads_it,
        leads=leads or session.led_reading or stands_in,
    )


def lock_logbook(pk: int) -> Logbook:
    """The logbook under its lock: after memberships and sessions. In a transaction only."""
    return Logbook.objects.select_for_update(of=("self",)).select_related("session__community").get(pk=pk)


def parts_of(logbook: Logbook | None) -> list[LogbookPart]:
    """Its parts, in the order in which they were written. One query."""
    return list(logbook.parts.order_by("pk")) if logbook else []


def waiting_in(kept: Kept, membership: Membership) -> list[LogbookProposal]:
    """The changes that wait for an answer, to those who write it; to others their own. One query."""
    if kept.logbook is None or kept.logbook.is_agreed:
        return []
    rows = LogbookProposal.objects.filter(logbook=kept.logbook, state=ProposalState.WAITING)
    if not kept.stands.runs:
        rows = rows.filter(by=membership)
    return list(rows.select_related("by", "part").order_by("pk"))


def said_of(logbook: Logbook | None) -> list[LogbookSaid]:
    """Who agrees with its words as they are now. One query."""
    if logbook is None:
        return []
    return list(LogbookSaid.objects.filter(logbook=logbook, edition=F("logbook__edition")).order_by("pk"))


def reading_in(membership: Membership, session: Session, now: datetime) -> Logbook | None:
    """The last record of this session's group, if this member may read it; as one of those who were there, or read it
    out. One query."""
    if session.group_id is None or not may_see_logbooks(membership):
        return None
    before = Session.objects.filter(group=session.group_id, starts_at__lt=session.starts_at, logbook__isnull=False)
    rows = before.annotate(**_standing(membership, now)).select_related("logbook")
    found = rows.order_by("-starts_at", "-pk").first()
    if found is None:
        return None
    found.logbook.session = found
    return found.logbook if may_read(membership, found.logbook, _as_one_of_them(membership, found)) else None


def whole(parts: Iterable[LogbookPart]) -> str:
    """The words of a record as one text, as it is committed to. No query."""
    return json.dumps([[part.heading, part.words] for part in parts if not part.left_out], ensure_ascii=False)


def is_as_agreed(logbook: Logbook, parts: Iterable[LogbookPart]) -> bool:
    """Whether these words are the ones that were agreed: by the salted commitment beside them, and the same one in the
    community's record. One query."""
    entry = entries_about(logbook.session.community.chain, logbook.ref).filter(verb=FREEZE).last()
    recorded = json.loads(entry.facts).get("words") if entry is not None else None
    return recorded == logbook.commitment and matches(whole(parts), commitment=logbook.commitment, salt=logbook.salt)


def last_record(session: Session) -> Logbook | None:
    """The record of the session before this one in its group, to be read at its beginning. One query.

    The caller asks whether somebody may read it (`access_record`).
    """
    if session.group_id is None:
        return None
    before = Logbook.objects.filter(session__group=session.group_id, session__starts_at__lt=session.starts_at)
    return before.select_related("session").order_by("-session__starts_at", "-pk").first()


def open_records(membership: Membership) -> list[Logbook]:
    """Records that are not agreed yet and that this member may read, the latest session first. One query."""
    or_404(may_see_logbooks(membership))
    rows = Logbook.objects.filter(session__community_id=membership.community_id, state__in=OPEN)
    if not membership.is_staff:
        rows = rows.filter(_with(membership))
    return list(rows.select_related("session").order_by("-session__starts_at", "-pk")[:RESULTS_A_PAGE])


def _with(membership: Membership) -> Q:
    """Records of sessions that this member was at, as a part of a question."""
    marked = Mark.objects.filter(membership=membership, was=Was.HERE).values("register__session")
    led = SessionRole.objects.filter(membership=membership, role__in=RUNS).values("session")
    is_taken = Register.objects.values("session")
    return Q(session__in=marked) | (Q(session__in=led) & ~Q(session__in=is_taken))


def agreed_records(membership: Membership, words: Iterable[str], skip: int = 0) -> list[Logbook]:
    """Agreed records that have all of these folded words, the latest session first, from a place on; one more than a
    page's worth. Raises Http404. Two queries, parts and all.

    The words were folded as the record was agreed, and stand in one text; a community has a thousand records a year.
    """
    or_404(may_see_logbooks(membership))
    rows: QuerySet[Logbook] = Logbook.objects.filter(
        session__community_id=membership.community_id, state=LogbookState.AGREED
    )
    if not sees_all_logbooks(membership):
        rows = rows.filter(_with(membership))
    for word in words:
        rows = rows.filter(folded__contains=f" {word}")
    rows = rows.select_related("session").prefetch_related("parts").order_by("-session__starts_at", "-pk")
    return list(rows[skip : skip + RESULTS_A_PAGE + 1])
