"""Deciding on a post: by one, or by two different people of the Top Three (domain, sections 4.3 and 6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clock
from audit.services import record
from boards.lifecycle import State
from boards.models import Post
from boards.notifications import hold_key
from boards.queries import lock_post
from boards.services import apply_decision, explain
from communities.lifecycle import DECIDING_OFFICES, Office
from communities.models import Membership
from communities.queries import deciders, lock_membership, offices_of
from moderation.lifecycle import Reason, Verb
from moderation.models import PostDecision
from moderation.notifications import ask_for_second
from moderation.policies import may_decide, may_judge, takes_two
from moderation.queries import open_decision, was_returned_before
from moderation.services.answering import close_reports_on
from notices.services import withdraw
from people.decisions import Conflict, Refused, require


@dataclass(frozen=True)
class Outcome:
    """What a decision came to: done, or waiting for a second person."""

    decision: PostDecision
    done: bool


@dataclass(frozen=True)
class Seen:
    """What the person who decides was looking at; a decision names it (domain, section 6)."""

    version: int
    state: str


@transaction.atomic
def decide(*, post: Post, verb: Verb, by: Membership, seen: Seen, reason: str, words: str = "") -> Outcome:
    """Decide on a post as one of the Top Three in office; the second of two when a like decision stands open.

    Authorise, lock, change, record and tell the author, all or nothing. Raises `Conflict` when the post was changed or
    decided since it was seen (says what happened), `Refused` where the policy says no or one is both of the two.
    """
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    require(may_judge(member, row, now))
    _check_seen(row, seen)
    require(may_decide(member, row, verb, now))
    pending = _still_good(open_decision(row), now)
    if pending and pending.verb == verb:
        return _second(pending, row, member, now)
    if pending:
        _lapse(pending, now)
    two = takes_two(row, verb, now, returned_before=was_returned_before(row))
    decision = PostDecision.objects.create(
        post=row, version=row.version, verb=verb, reason=reason, words=words, by=member, at=now, needs_two=two
    )
    if two:
        _open_for_second(decision, row, member, now)
    else:
        _carry_out(decision, row, member, now)
    return Outcome(decision, done=not two)


def _check_seen(post: Post, seen: Seen) -> None:
    if post.version != seen.version:
        # With the new version beside the new words, the form given back decides on what is now shown (peernet.answers).
        newer = {"text": post.text, "title": post.title, "version": str(post.version)}
        facts = newer if post.state in {State.HELD, State.HIDDEN} else {}
        raise Conflict(_("The author has changed this post meanwhile. Please read it again first."), facts=facts)
    if post.state != seen.state:
        raise Conflict(_("Somebody was quicker: this post is now “%(state)s”.") % {"state": post.get_state_display()})


def _still_good(pending: PostDecision | None, now: datetime) -> PostDecision | None:
    """A first voice counts only while its speaker is in office and the words are those they read."""
    if pending is None:
        return None
    if offices_of(pending.by, now) & DECIDING_OFFICES and pending.version == pending.post.version:
        return pending
    _lapse(pending, now)
    return None


def _lapse(decision: PostDecision, now: datetime) -> None:
    decision.lapsed_at = now
    decision.save(update_fields=["lapsed_at"])


def _second(decision: PostDecision, post: Post, member: Membership, now: datetime) -> Outcome:
    if decision.by_id == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    decision.seconded_by, decision.seconded_at = member, now
    decision.save(update_fields=["seconded_by", "seconded_at"])
    _carry_out(decision, post, member, now)
    return Outcome(decision, done=True)


def _open_for_second(decision: PostDecision, post: Post, member: Membership, now: datetime) -> None:
    if post.state == State.ACCEPTED:
        # What one person would take off the board, one person may hide until a second has looked.
        apply_decision(post=post, verb=Verb.HIDE, now=now)
        close_reports_on(post=post, by=member, verb=Verb.HIDE, now=now)
        _tell_author(decision, post, Verb.HIDE, now)
    _record(decision, post, member, f"propose {decision.verb}", now)
    others = deciders(post.community, now).exclude(pk__in=(member.pk, post.author_id)).select_related("person")
    ask_for_second(post, list(others), decision.pk, now)


def _carry_out(decision: PostDecision, post: Post, member: Membership, now: datetime) -> None:
    withdraw(key_prefix=hold_key(post), now=now)
    if decision.verb != Verb.WARN:  # the post stays as it is
        apply_decision(post=post, verb=decision.verb, now=now)
    close_reports_on(post=post, by=member, verb=Verb(decision.verb), now=now)
    _record(decision, post, member, decision.verb, now)
    _tell_author(decision, post, Verb(decision.verb), now)


def _tell_author(decision: PostDecision, post: Post, verb: Verb, now: datetime) -> None:
    people = 2 if decision.seconded_by_id else 1
    if Office.TOP_THREE in offices_of(decision.by, now):
        by_role = ngettext("One of the Top Three", "Two of the Top Three", people)
    else:
        by_role = ngettext("One of the caretakers", "Two of the caretakers", people)
    why = str(Reason(decision.reason).label)
    explain(post=post, verb=verb, reason=why, words=decision.words, by_role=by_role, now=now)


def _record(decision: PostDecision, post: Post, member: Membership, verb: str, now: datetime) -> None:
    facts = {"version": decision.version, "reason": decision.reason, "first": decision.by.ref, "state": post.state}
    record(
        chain=post.community.chain, verb=verb.replace("_", " "), actor=member.ref, subject=post.ref, at=now, facts=facts
    )
