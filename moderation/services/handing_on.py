""" "Hand this to the others": somebody who looks asks the others to look instead (domain, section 9: load shared).

It is no conflict, and no decision: nothing happens to the post or the report. The others on duty are told at once, and
from then on nobody is told that this one looks.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.lifecycle import AWAITING_DECISION
from boards.models import Post
from boards.notifications import hold_key
from boards.queries import lock_post
from boards.queries.holding import handed_on
from boards.services.passing import note_handed_on
from communities.duty import Watch, alternates_on_duty, watch_among
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from moderation import handing_notices
from moderation.lifecycle import Readers
from moderation.models import Report
from moderation.notifications import ask_alternates
from moderation.policies import may_judge, may_look_at_report
from moderation.queries import circle_of_post, in_conflict, lock_open
from moderation.readers import of_report
from moderation.report_notices import stem
from notices.services import withdraw
from people.decisions import Conflict, require


@transaction.atomic
def hand_on_post(*, post: Post, by: Membership) -> Watch:
    """Ask the others to look at a post that waits; returns who of them is on duty, and when the next one looks.

    Whoever may decide on it. Twice is once; deciding on it later all the same is theirs. With none of the others on
    duty, alternates on duty are asked to reach one. Raises `Refused`, and `Conflict` where nothing waits any more.
    """
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    circle = circle_of_post(row, now)
    require(may_judge(member, row, circle, now))
    if row.state not in AWAITING_DECISION:
        raise Conflict(_("Somebody was quicker: this post is now “%(state)s”.") % {"state": row.get_state_display()})
    is_new = note_handed_on(case=row.ref, member=member, now=now)
    others = circle.people - handed_on([row.ref])
    looking = watch_among(row.community, now, others)
    if is_new:
        _take_back(hold_key(row), member, now)
        handing_notices.tell_others(hold_key(row), member, looking.on_duty, handing_notices.path_of_post(row), now)
        if not looking.somebody_is_on:
            _ask_alternates(row, now)
        record(chain=member.community.chain, verb="hand on", actor=member.ref, subject=row.ref, at=now)
    return looking


def _ask_alternates(post: Post, now: datetime) -> None:
    not_they = in_conflict(post, now)
    there = alternates_on_duty(post.community, now, but_not=post.author)
    ask_alternates(post, tuple(one for one in there if one.pk not in not_they), now)


@transaction.atomic
def hand_on_report(*, report: Report, by: Membership) -> Watch:
    """Ask the others to look at what was reported; returns who of them is on duty, and when the next one looks.

    One of those whom it goes to, where it goes to those who decide. Raises `Refused`, and `Conflict` where it has been
    looked at meanwhile.
    """
    member = lock_membership(by)
    if report.post_id:
        lock_post(report.post_id)
    waiting = lock_open(report)
    now = clock.now()
    offices = offices_in(member.community_id, now)
    require(may_look_at_report(member, report, offices, now))
    reading = of_report(offices, report)
    if not waiting or reading.readers != Readers.DECIDERS:
        raise Conflict(_("This changed meanwhile. Please look again."))
    is_new = [row for row in waiting if note_handed_on(case=row.ref, member=member, now=now)]
    first, urgency = waiting[0], max(row.urgency for row in waiting)
    looking = watch_among(first.community, now, reading.people - handed_on([row.ref for row in waiting]))
    if is_new:
        _take_back(stem(first, urgency), member, now)
        path = handing_notices.path_of_report(first)
        handing_notices.tell_others(stem(first, urgency), member, looking.on_duty, path, now)
        record(chain=member.community.chain, verb="hand on", actor=member.ref, subject=first.ref, at=now)
    return looking


def _take_back(key: str, member: Membership, now: datetime) -> None:
    for told in ("first", "again", "decide"):
        withdraw(key_prefix=f"{key}:{told}:{member.pk}", now=now)
