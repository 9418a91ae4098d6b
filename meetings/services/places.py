"""The places of a session: who has one, who waits, and who gets it when one is free. Under the session's lock."""

from datetime import datetime

from django.db import transaction

import clock
from communities.models import Membership
from meetings.lifecycle.coming import Answer
from meetings.models.coming import Coming, ComingSaid
from meetings.models.sessions import Session
from meetings.notifications.coming import tell_of_place
from meetings.queries.coming import said_of
from meetings.queries.timetable import lock_session


def is_full(session: Session) -> bool:
    """Whether nobody more can come, or others wait already. One query; under the session's lock."""
    if session.room is None:
        return False
    answers = list(said_of(session).values_list("answer", flat=True))
    return answers.count(Answer.COMING) >= session.room or Answer.WAITING in answers


def say(
    session: Session,
    member: Membership,
    answer: Answer,
    *,
    by: Membership | None,
    now: datetime,
    words: str = "",
    by_link: bool = False,
) -> Coming:
    """Store what stands now, and add it to what was said. Called by services that have asked and hold the lock.

    `by`: None where the site gave a place; then the row keeps who asked for it, and when: it is no word of theirs, and
    attendance does not take it for one.
    """
    said = {"answer": answer, "said_at": now, "by_link": by_link}
    there = Coming.objects.filter(session=session, membership=member).first()
    if there is None:
        row = Coming.objects.create(session=session, membership=member, words=words, said_by=by or member, **said)
    else:
        row, row.answer, row.words = there, answer, words
        if by is not None:
            row.said_at, row.said_by, row.by_link = now, by, by_link
        row.save()
    ComingSaid.objects.create(session=session, membership=member, said_by=by, **said)
    return row


def fill_places(session: Session, now: datetime) -> list[Membership]:
    """Give what is free to those who wait, the longest first, and tell them; returns who got one.

    Called under the session's lock, when somebody who had a place can't come, and by the sweep: there may be more room,
    or somebody may have left.
    """
    if now >= session.ends_at or not session.takes_place:
        return []
    answers = list(said_of(session).select_related("membership__community", "membership__person"))
    waiting = [each for each in answers if each.answer == Answer.WAITING]
    taken = sum(each.answer == Answer.COMING for each in answers)
    free = len(waiting) if session.room is None else max(session.room - taken, 0)
    lucky = [each.membership for each in waiting[:free]]
    for member in lucky:
        say(session, member, Answer.COMING, by=None, now=now)
        tell_of_place(session, member, now)
    return lucky


def fill_all_places() -> int:
    """Look at each session ahead for which somebody waits; returns how many got a place. Run by the sweep."""
    now = clock.now()
    waiting = Session.objects.planned().filter(ends_at__gt=now, comings__answer=Answer.WAITING)
    return sum(_fill(pk) for pk in list(waiting.order_by("pk").values_list("pk", flat=True).distinct()))


@transaction.atomic
def _fill(pk: int) -> int:
    session = lock_session(pk)
    return len(fill_places(session, clock.now()))
