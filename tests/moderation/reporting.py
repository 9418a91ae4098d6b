"""Short ways for the tests of reports."""

from uuid import uuid4

import clock
from boards.models import Post
from communities.models import Membership
from communities.queries import offices_in
from moderation.lifecycle import Answer, AnswerReason, Worry
from moderation.models import Report
from moderation.readers import who_reads
from moderation.services import answer_report, report_person, report_post
from moderation.services.reporting import Told
from notices.models import Notice
from tests.cast import sitting_now


def told(by: Membership, about: Membership, reason: str = "hurts", words: str = "It hurt.", **other: object) -> Told:
    """What the form would bring, as it would say now who reads it."""
    offices = offices_in(by.community_id, clock.now())
    given = {"form_key": uuid4(), "read_by": str(who_reads(offices, about=about.pk, by=by.pk).readers)}
    return Told(Worry(reason), words, **given | other)


def reported(post: Post, by: Membership, **other: object) -> Report:
    """Report a post."""
    return report_post(post=post, by=by, told=told(by, post.author, **other))


def reported_person(about: Membership, by: Membership, **other: object) -> Report:
    """Report a person."""
    return report_person(about=about, by=by, told=told(by, about, **other))


def answered(report: Report, by: Membership, answer: str = "leave", seen: int | None = None, words: str = "") -> int:
    """Answer what was reported, having seen all of it or up to `seen`."""
    newest = Report.objects.latest("pk").pk if seen is None else seen
    reason = AnswerReason.WITHIN_RULES
    return answer_report(
        report=report, by=sitting_now(by), answer=Answer(answer), seen=newest, reason=reason, words=words
    )


def now_of(report: Report) -> Report:
    """The report as the database has it now."""
    return Report.objects.get(pk=report.pk)


def told_of(member: Membership, kind: str = "report") -> int:
    """How many notices of this kind this member can see now."""
    return Notice.objects.of(member.person, clock.now()).filter(kind=kind).count()
