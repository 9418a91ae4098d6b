"""Reporting a post or a person, and telling whoever should look (domain, sections 5 and 6; safety checks, 2.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards import screening
from boards.lifecycle import State
from boards.models import Post
from boards.queries import lock_post
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from moderation.lifecycle import Readers, ReportState, Worry
from moderation.models import Report
from moderation.queries import access_reportable, access_reportable_person
from moderation.readers import Offices, will_read
from moderation.services.watching_reports import tell_at_once
from people.decisions import Conflict, Refused

MOST_AN_HOUR = 10
HOUR = timedelta(hours=1)
LONGEST_WORDS = 2000
DANGER = 2


@dataclass(frozen=True)
class Told:
    """What the form brought: why, in whose words, and what it said about who reads it."""

    reason: Worry
    words: str
    form_key: UUID
    read_by: str


@transaction.atomic
def report_post(*, post: Post, by: Membership, told: Told) -> Report:
    """Report a post that somebody else wrote and this member can read. It stays where it is until a person decides.

    The same form with the same words is one report. Gone from the board meanwhile, it is kept and closed at once,
    unless it speaks of danger. Raises Http404 where they could not read it, `Conflict` where others would read it
    than the form said, `Refused` after ten in an hour, ValidationError for words over 2,000 letters.
    """
    member = lock_membership(by)
    lock_post(post.pk)
    now = clock.now()
    found = access_reportable(member, post.pk, now)
    return _report(by=member, about=found.author, post=found, told=told, now=now)


@transaction.atomic
def report_person(*, about: Membership, by: Membership, told: Told) -> Report:
    """Report somebody: any member who has not left, about anybody whom they may see or who looks after the place.

    Raises what `report_post` raises.
    """
    member = lock_membership(by)
    now = clock.now()
    person = access_reportable_person(member, about.pk, offices_in(member.community_id, now))
    return _report(by=member, about=person, post=None, told=told, now=now)


def _report(*, by: Membership, about: Membership, post: Post | None, told: Told, now: datetime) -> Report:
    if len(told.words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please make it shorter: 2,000 letters at most.")})
    key = uuid5(told.form_key, f"{post.pk if post else ''}\n{about.pk}\n{told.reason}\n{told.words}")
    if (sent_before := Report.objects.filter(by=by, form_key=key).first()) is not None:
        return sent_before
    urgency = urgency_of(told.reason, told.words)
    offices = offices_in(by.community_id, now)
    _check_readers(offices, about, by, told.read_by)
    _check_flood(by, urgency, now)
    gone = post is not None and post.state != State.ACCEPTED and urgency < DANGER
    row = Report.objects.create(
        community=by.community,
        by=by,
        about=about,
        post=post,
        reason=told.reason,
        words=told.words,
        read_by=told.read_by,
        urgency=urgency,
        form_key=key,
        made_at=now,
        **_closed_already(now) if gone else {},
    )
    if not gone:
        tell_at_once(row, offices, now)
    facts = {"reason": row.reason, "readers": row.read_by, "urgency": urgency, "state": row.state}
    record(chain=by.community.chain, verb="report", actor=by.ref, subject=row.ref, at=now, facts=facts)
    return row


def _closed_already(now: datetime) -> dict[str, Any]:
    return {"state": ReportState.GONE, "decided_at": now}


def urgency_of(reason: Worry, words: str) -> int:
    """How soon somebody should look: as for a post, by the same screening; 2 where the reporter speaks of danger."""
    if reason == Worry.DANGER:
        return DANGER
    return max((found.urgency for found in screening.screen(words)), default=0) if words else 0


def _check_readers(offices: Offices, about: Membership, by: Membership, read_by: str) -> None:
    now_read_by = will_read(offices, about=about.pk, by=by.pk)[0].readers
    if now_read_by == read_by:
        return
    said = _("Others would read this now than the page said: %(who)s. Please look once more, and send it if you like.")
    who = str(Readers(now_read_by).label)
    raise Conflict(said % {"who": who}, facts={"read_by": str(now_read_by)})


def _check_flood(member: Membership, urgency: int, now: datetime) -> None:
    if urgency >= DANGER:
        return  # nobody who speaks of danger is asked to wait
    if Report.objects.filter(by=member, made_at__gt=now - HOUR).count() >= MOST_AN_HOUR:
        raise Refused(
            _(
                "You have sent ten reports in the last hour. They are all here, and somebody will look at each. "
                "Please wait a little before you send more. If somebody is in danger now, ring 999."
            )
        )
