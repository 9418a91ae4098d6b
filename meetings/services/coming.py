"""Saying whether one comes: by oneself, by the link in a reminder, or by whoever runs the session for somebody."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.asking import lock_both
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.coming import CONTACT, WANTS_TO_COME, Answer
from meetings.models.coming import Coming
from meetings.models.sessions import Session
from meetings.policies.coming import may_say_coming, may_say_for
from meetings.queries.timetable import lock_session
from meetings.services.places import fill_places, is_full, say
from meetings.services.turns import free_turns_in
from people.decisions import Refused, require

# An apology is contact also when it comes late; but not for ever.
LATE_FOR = timedelta(days=14)
# Words are for those who run the session, and then for nobody.
WORDS_KEPT = timedelta(days=30)


@transaction.atomic
def say_coming(
    *, session: Session, by: Membership, answer: str, words: str = "", about: Membership | None = None
) -> Coming:
    """Say whether one comes, or (`about`) put down what a member said by telephone; returns what stands now.

    Oneself: whoever may come (domain, section 5). For a member: whoever runs the session, without words. "I'll come" is
    "waits" where there is no room. Any answer may follow any other, until the session's end; an apology, illness or
    hospital up to two weeks after (it is contact whenever it comes: domain, section 2). The same again changes nothing.
    Raises `Refused`.
    """
    who, member = _lock(by, about)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_say_for(who, member, row, now) if about is not None else may_say_coming(who, row))
    _check(row, answer, now)
    return _answer(row, member, Answer(answer), words if about is None else "", by=who, now=now)


@transaction.atomic
def apologise_by_link(*, session: Session, membership: Membership) -> Coming:
    """Send this member's apologies by the button behind the link in their reminder, nobody being signed in.

    Illness or an apology that stands already is left as it is. Raises `Refused` once the session is over.
    """
    member = lock_membership(membership)
    row = lock_session(session.pk)
    now = clock.now()
    require(may_say_coming(member, row))
    _check(row, Answer.CANNOT, now)
    if now >= row.ends_at:
        raise Refused(_("This link has done its work. Sign in to say more."))
    there = Coming.objects.filter(session=row, membership=member).first()
    if there is not None and there.is_apology:
        return there
    return _answer(row, member, Answer.CANNOT, "", by=member, now=now, by_link=True)


def _lock(by: Membership, about: Membership | None) -> tuple[Membership, Membership]:
    if about is None or about.pk == by.pk:
        member = lock_membership(by)
        return member, member
    return lock_both(by, about)


def _check(session: Session, answer: str, now: datetime) -> None:
    if not session.takes_place:
        raise Refused(_("This session was called off. You need not say anything."))
    if answer in CONTACT and now < session.ends_at + LATE_FOR:
        return
    if answer not in WANTS_TO_COME or now >= session.ends_at:
        raise Refused(_("This session is over. If something about it is wrong, please tell whoever ran it."))


def _answer(
    session: Session,
    member: Membership,
    answer: Answer,
    words: str,
    *,
    by: Membership,
    now: datetime,
    by_link: bool = False,
) -> Coming:
    there = Coming.objects.filter(session=session, membership=member).first()
    # Waiting is what the site makes of "I'll come"; whoever has a place keeps it.
    wanted = Answer.COMING if answer in WANTS_TO_COME else answer
    has_place = there is not None and there.answer == Answer.COMING
    if wanted == Answer.COMING and not has_place and is_full(session):
        wanted = Answer.WAITING
    own_words = words.strip() if wanted in CONTACT else ""
    if there is not None and (there.answer, there.words) == (wanted, own_words):
        return there
    row = say(session, member, wanted, by=by, now=now, words=own_words, by_link=by_link)
    if has_place and wanted != Answer.COMING:
        fill_places(session, now)
    if wanted in CONTACT:
        free_turns_in(session, member, now)
    if wanted in CONTACT or by.pk != member.pk:
        _record(session, member, by=by, now=now, by_link=by_link)
    return row


def _record(session: Session, member: Membership, *, by: Membership, now: datetime, by_link: bool) -> None:
    """That somebody sent word, and how it came: never which, for that may be about their health."""
    facts = {"for": member.ref, "by link": by_link}
    record(chain=member.community.chain, verb="send word", actor=by.ref, subject=session.ref, at=now, facts=facts)


def forget_old_words(now: datetime) -> int:
    """Clear the words of apologies whose session was more than 30 days ago; returns how many. Run by the sweep."""
    old = Coming.objects.filter(words__gt="", session__ends_at__lt=now - WORDS_KEPT)
    return old.update(words="")


def forget_words(membership: Membership, until: datetime) -> int:
    """Clear what this member wrote with apologies up to a moment. Called with the erasing of their words."""
    return Coming.objects.filter(membership=membership, words__gt="", said_at__lte=until).update(words="")
