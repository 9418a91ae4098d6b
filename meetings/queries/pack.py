"""What a meeting's pack says beside its agenda: who can't come, and which plans a session is asked to look at."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from communities.models import Membership
from communities.policies import may_see_people
from crisisplans.queries.owning import may_be_asked
from meetings.lifecycle.coming import Answer, Was
from meetings.models import CommunityMeeting, Session, SessionRole
from meetings.models.pack import ReviewAsked
from meetings.queries.coming import said_of


def held_in(meeting: CommunityMeeting | None) -> Session | None:
    """The session of the timetable that a meeting is held in; None where there is none. No query, where it was asked
    for along with the meeting."""
    return getattr(meeting, "session", None) if meeting is not None else None


def sends_apologies(membership: Membership, session: Session | None) -> list[str]:
    """Who sends apologies for a session, by name and without why; for whoever sees who is here. One query."""
    if session is None or not may_see_people(membership):
        return []
    said = said_of(session).exclude(answer__in=(Answer.COMING, Answer.WAITING)).select_related("membership")
    return sorted((each.membership.display_name for each in said), key=str.casefold)


def people_and_apologies(meeting: CommunityMeeting, session: Session | None) -> list[tuple[str, bool]]:
    """The names of everybody who belongs or belonged here, and whether they send apologies for this session. One query.

    Also whoever has left is somebody: the names are taken out of copied words.
    """
    people = Membership.objects.filter(community=meeting.community_id)
    if session is None:
        return [(name, False) for name in people.values_list("display_name", flat=True)]
    said = said_of(session).exclude(answer__in=(Answer.COMING, Answer.WAITING)).filter(membership=OuterRef("pk"))
    return list(people.annotate(sends=Exists(said)).values_list("display_name", "sends"))


def reviews_asked(session: Session) -> list[ReviewAsked]:
    """Who asks for a look at their plan there, in the order they asked. One query."""
    return list(ReviewAsked.objects.filter(session=session).select_related("membership").order_by("asked_at", "pk"))


def case_of(session: Session) -> str:
    """How an opening of a plan names the session that it is for."""
    return f"session:{session.pk}"


def people_there_first(membership: Membership, session: Session, now: datetime) -> list[Membership]:
    """Whom this member can open their plan to, those who are known to be there before the others. Two queries.

    Known: marked in the register, said that they come, or have a part in running it.
    """
    people = list(may_be_asked(membership, now))
    there = Membership.objects.filter(
        Q(marks__register__session=session, marks__was=Was.HERE)
        | Q(pk__in=said_of(session).filter(answer=Answer.COMING).values("membership"))
        | Q(pk__in=SessionRole.objects.filter(session=session).values("membership"))
        | Q(pk=session.facilitator_id)
    )
    known = set(there.values_list("pk", flat=True))
    return sorted(people, key=lambda one: one.pk not in known)
