"""Answering what was reported: by one who is neither its writer nor the one it is about (domain, section 4.3)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.models import Post
from boards.queries import lock_post
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from moderation.lifecycle import REPORT_STEPS, Answer, AnswerReason, Verb
from moderation.models import Report
from moderation.policies import may_look_at_report
from moderation.queries import lock_open
from moderation.readers import is_among, of_report
from moderation.report_notices import tell_reporter
from notices.services import withdraw
from people.decisions import Conflict, require
from people.transitions import target

# What a decision on the post says to those who reported it.
BY_DECISION = {
    Verb.HIDE: (Answer.ACT, AnswerReason.OFF_THE_BOARD),
    Verb.REMOVE: (Answer.ACT, AnswerReason.OFF_THE_BOARD),
    Verb.RETURN: (Answer.ACT, AnswerReason.OFF_THE_BOARD),
    Verb.PUT_BACK: (Answer.LEAVE, AnswerReason.WITHIN_RULES),
    Verb.RELEASE: (Answer.LEAVE, AnswerReason.WITHIN_RULES),
    Verb.WARN: (Answer.ACT, AnswerReason.TALKED),
}


@transaction.atomic
def answer_report(
    *, report: Report, by: Membership, answer: Answer, seen: int, reason: AnswerReason, words: str = ""
) -> int:
    """Say that somebody has looked at what was reported, and what was done; returns how many reports it answers.

    One of those whom it goes to, with the second step given. It answers every open report on the same thing that this
    person had before them (`seen`: the number of the newest one), and each reporter is told. Nothing is done to a post
    by this: that is a decision of its own. Raises `Refused`, and `Conflict` when somebody was quicker.
    """
    member = lock_membership(by)
    if report.post_id:
        lock_post(report.post_id)
    waiting = lock_open(report)
    now = clock.now()
    offices = offices_in(member.community_id, now)
    require(may_look_at_report(member, report, offices, now))
    mine = [row for row in waiting if row.pk <= seen and is_among(member, of_report(offices, row), row)]
    if not mine:
        raise Conflict(_("Somebody was quicker: this has been looked at already."))
    for row in mine:
        _close(row, answer=answer, by=member, reason=reason, words=words, now=now)
    _withdraw(waiting, now)
    return len(mine)


def close_reports_on(*, post: Post, by: Membership, verb: Verb, now: datetime) -> None:
    """Answer the open reports on a post that was decided on. Called by the decision, in its transaction.

    The post's lock is held, so nobody reports it meanwhile.
    """
    waiting = lock_open(Report(post=post, about_id=post.author_id))
    answer, reason = BY_DECISION[verb]
    for row in waiting:
        _close(row, answer=answer, by=by, reason=reason, words="", now=now)
    _withdraw(waiting, now)


def _close(row: Report, *, answer: Answer, by: Membership, reason: AnswerReason, words: str, now: datetime) -> None:
    row.state = target(REPORT_STEPS, answer, row.state, said=_("This has been looked at meanwhile."))
    row.decided_by, row.decided_at, row.answer_reason, row.answer = by, now, reason, words
    row.save(update_fields=["state", "decided_by", "decided_at", "answer_reason", "answer"])
    facts = {"state": str(row.state), "reason": str(reason)}
    record(chain=row.community.chain, verb="answer report", actor=by.ref, subject=row.ref, at=now, facts=facts)
    tell_reporter(row, now)


def _withdraw(rows: Iterable[Report], now: datetime) -> None:
    # What is still open is told of under a stem of its own by the next sweep.
    for row in rows:
        withdraw(key_prefix=f"report:{row.pk}", now=now)
