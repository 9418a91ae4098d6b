"""Meetings, items and copies put there without asking the services, and short ways through them."""

from datetime import datetime, timedelta
from uuid import uuid4

import clock
from boards.models import Post, PostVersion
from communities.models import Community, Membership
from meetings.lifecycle import ItemKind, ItemState, MeetingKind, MeetingState, PieceState
from meetings.models import AgendaItem, CommunityMeeting, CopiedPost, Copy
from meetings.services import propose_copy
from tests.cast import sitting_now

HOUR = timedelta(hours=1)


def a_meeting(
    community: Community,
    by: Membership | None = None,
    *,
    state: str = MeetingState.PLANNED,
    starts_at: datetime | None = None,
    kind: str = MeetingKind.ORDINARY,
) -> CommunityMeeting:
    """A meeting in this state, about now; opened `by` somebody where it has been opened."""
    now = clock.now()
    opened = state in {MeetingState.OPEN, MeetingState.ENDED}
    return CommunityMeeting.objects.create(
        community=community,
        kind=kind,
        state=state,
        starts_at=starts_at or now,
        called_by="site",
        planned_at=now - HOUR,
        opened_at=now if opened else None,
        opened_by=by if opened else None,
        ended_at=now if state == MeetingState.ENDED else None,
    )


def an_item(
    by: Membership,
    *,
    kind: str = ItemKind.POINTER,
    state: str = ItemState.WAITING,
    meeting: CommunityMeeting | None = None,
) -> AgendaItem:
    """Something on the agenda, brought by somebody."""
    now = clock.now()
    done = {"outcome": "talked", "outcome_by": by, "closed_at": now} if state == ItemState.DONE else {}
    gone = {"closed_at": now} if state == ItemState.WITHDRAWN else {}
    given = {"kind": kind, "state": state, "title": "A title", "added_at": now, **done, **gone}
    return AgendaItem.objects.create(community=by.community, by=by, meeting=meeting, **given)


def a_piece(post: Post, by: Membership, *, state: str = PieceState.ASKED, item: AgendaItem | None = None) -> CopiedPost:
    """A post in a copy that somebody brings."""
    now = clock.now()
    copy = Copy.objects.create(item=item or an_item(by, kind=ItemKind.COPY))
    return CopiedPost.objects.create(
        copy=copy,
        place=0,
        post=post,
        version=post.version,
        author=post.author,
        state=state,
        told_at=now,
        changed_at=now,
    )


def things_for(name: str, by: Membership, decider: Membership, post: Post) -> dict[str, object]:
    """What the address of this name needs: a thing at it that exists, the asker's own where it is theirs (`by`)."""
    if name in {"meetings:next", "meetings:plan"}:
        return {}
    if name == "meetings:bring":
        return {"thread": post.thread_id}
    if name == "meetings:withdraw":
        return {"pk": an_item(by).pk}
    if name in {"meetings:own_copy", "meetings:leave_out"}:
        return {"pk": a_piece(post, decider).pk}
    if name in {"meetings:copy", "moderation:join_copy"}:
        return {"pk": a_piece(post, decider).copy.item_id}
    CommunityMeeting.objects.filter(state=MeetingState.OPEN).update(state=MeetingState.ENDED, ended_at=clock.now())
    is_open = name in {"meetings:pack", "meetings:end", "meetings:outcome"}
    meeting = a_meeting(decider.community, decider, state=MeetingState.OPEN if is_open else MeetingState.PLANNED)
    return {"pk": an_item(by, meeting=meeting).pk if name == "meetings:outcome" else meeting.pk}


def copied(by: Membership, *posts: Post, names_out: str = "", title: str = "Some words") -> AgendaItem:
    """Bring these posts as a copy, with the second step given."""
    versions = [
        PostVersion.objects.select_related("post__author", "post__thread").get(post=post, number=post.version)
        for post in posts
    ]
    form = {"title": title, "why": "", "names_out": names_out, "form_key": uuid4()}
    return propose_copy(by=sitting_now(by), versions=versions, **form)
