"""A community meeting and its session in step: planned, moved and called off together, whichever is touched first.

The session is locked before its meeting. What is on the agenda, and whether it is open, is the meeting's; when and
where, both have.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from meetings.lifecycle import MeetingKind, MeetingState
from meetings.lifecycle.timetable import Change, GroupKind, SessionState
from meetings.models import CommunityMeeting, Group, Session
from meetings.queries import lock_meeting
from meetings.services.meeting_rows import Said, cancel_row, move_row, plan_row
from meetings.services.reviewing import close_reviews

# How long a meeting is that no rule of the timetable names.
A_MEETING = timedelta(minutes=90)


def give_session(meeting: CommunityMeeting, now: datetime) -> Session:
    """The session of a meeting that was planned by hand: one that the timetable has at that time, or a new one.

    One that was called in haste counts for nobody's attendance.
    """
    on_timetable = Session.objects.planned().filter(
        community_id=meeting.community_id, kind=GroupKind.MEETING, starts_at=meeting.starts_at, meeting=None
    )
    if (there := on_timetable.select_for_update(of=("self",)).first()) is not None:
        there.meeting = meeting
        there.save(update_fields=["meeting"])
        return there
    special = meeting.kind == MeetingKind.SPECIAL
    return Session.objects.create(
        community_id=meeting.community_id,
        title=_("Special meeting") if special else _("Community meeting"),
        about=meeting.why,
        kind=GroupKind.MEETING,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + A_MEETING,
        place=meeting.place,
        changed_at=now,
        meeting=meeting,
    )


def lock_session_of(meeting: CommunityMeeting) -> Session | None:
    """The session of a meeting under its lock, before the meeting's; None for one from before there were sessions."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("venue")
    return rows.filter(meeting=meeting).first()


def follow_meeting(session: Session | None, meeting: CommunityMeeting, now: datetime) -> None:
    """Give the locked session of a meeting the time, the place and the state that the meeting has now."""
    if session is None:
        return
    if meeting.state == MeetingState.CANCELLED:
        session.state, session.change = SessionState.CANCELLED, Change.CANCELLED
    else:
        length = session.ends_at - session.starts_at
        session.starts_at, session.ends_at = meeting.starts_at, meeting.starts_at + length
        if meeting.place != place_words(session):
            session.venue, session.place = None, meeting.place
        session.change = Change.MOVED if session.group_id else ""
    close_reviews([session], by="site")
    session.by_hand, session.changed_at = True, now
    session.sequence += 1
    session.save()


def follow_session(session: Session, by: str, now: datetime) -> None:
    """Give the meeting of a locked session its time, place and state. Nothing for a session without a meeting.

    One that was called off and is held after all has a new meeting: the old one stays called off, with its trace.
    """
    if session.meeting_id is None:
        return
    meeting = lock_meeting(session.meeting_id)
    said = Said(session.starts_at, place_words(session))
    if not session.takes_place:
        if meeting.state == MeetingState.PLANNED:
            cancel_row(meeting, by, now)
    elif meeting.state == MeetingState.CANCELLED:
        session.meeting = plan_row(meeting.community, said, by, now)
        session.save(update_fields=["meeting"])
    elif meeting.state == MeetingState.PLANNED and (meeting.starts_at, meeting.place) != (said.starts_at, said.place):
        move_row(meeting, said, by, now)


def keep_meetings_in_step(group: Group, changed: Iterable[Session], now: datetime, by: str = "site") -> None:
    """The meetings of a locked group's changed sessions, and one planned for its next session that takes place."""
    for row in changed:
        follow_session(row, by, now)
    if group.kind != GroupKind.MEETING:
        return
    ahead = Session.objects.planned().filter(group=group, starts_at__gt=now).select_related("venue")
    following = ahead.order_by("starts_at", "pk").first()
    if following is None or following.meeting_id is not None:
        return
    same = CommunityMeeting.objects.filter(
        community_id=group.community_id,
        state=MeetingState.PLANNED,
        kind=MeetingKind.ORDINARY,
        starts_at=following.starts_at,
        session=None,
    )
    said = Said(following.starts_at, place_words(following))
    following.meeting = same.first() or plan_row(group.community, said, by, now)
    following.save(update_fields=["meeting"])


def place_words(session: Session) -> str:
    """Where, in the words of a meeting."""
    if session.venue is not None:
        return session.venue.name
    return session.place or (_("Online") if session.link else "")
