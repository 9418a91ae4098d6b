"""Deciding on a post: by one, or by two different people of the Top Three (domain, sections 4.3 and 6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.lifecycle import State
from boards.models import Post
from boards.notifications import hold_key
from boards.queries import lock_post
from boards.services import apply_decision, explain
from communities.apart import apart_from
from communities.models import Membership
from communities.queries import lock_membership, offices_in
from moderation.circle import Circle
from moderation.lifecycle import Reason, Verb
from moderation.models import PostDecision
from moderation.notifications import ask_for_second
from moderation.policies import may_decide, may_judge, takes_two
from moderation.queries import circle_of_post, open_decision, was_returned_before, was_warned
from moderation.roles import in_words
from moderation.services.answering import close_reports_on
from moderation.services.closing_objections import undone_by_others
from moderation.services.too_few import see_to_enough
from notices.services import withdraw
from people.decisions import Conflict, Refused, require

# What ends an objection to the decision before: there is nothing left to undo.
IN_FAVOUR = (Verb.RELEASE, Verb.PUT_BACK)


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

    An alternate where too few of those are left without a conflict (moderation.circle). A kind word (`warn`) leaves
    the post where it is. Authorise, lock, change, record and tell the author, all or nothing. Raises `Conflict` when
    the post was changed or decided since it was seen (says what happened), `Refused` where the policy says no or one is
    both of the two.
    """
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    circle = circle_of_post(row, now)
    require(may_judge(member, row, circle, now))
    _check_seen(row, seen)
    require(may_decide(member, row, verb, circle, now))
    pending = _still_good(open_decision(row), circle, now)
    if pending and pending.verb == verb:
        return _second(pending, row, member, now)
    if pending:
        lapse(pending, now)
    if verb == Verb.WARN and was_warned(row):
        raise Conflict(_("Somebody was quicker: its author has been told so already."))
    two = takes_two(row, verb, now, returned_before=was_returned_before(row))
    decision = PostDecision.objects.create(
        post=row, version=row.version, verb=verb, reason=reason, words=words, by=member, at=now, needs_two=two
    )
    if two:
        _open_for_second(decision, row, member, circle, now)
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


def _still_good(pending: PostDecision | None, circle: Circle, now: datetime) -> PostDecision | None:
    """A first voice counts only while its speaker may decide on this, and the words are those they read."""
    if pending is None:
        return None
    if circle.includes(pending.by_id) and pending.version == pending.post.version:
        return pending
    lapse(pending, now)
    return None


def lapse(decision: PostDecision, now: datetime) -> None:
    """Let a first voice count no more. Called under the post's lock."""
    decision.lapsed_at = now
    decision.save(update_fields=["lapsed_at"])


def _second(decision: PostDecision, post: Post, member: Membership, now: datetime) -> Outcome:
    if decision.by_id == member.pk:
        raise Refused(_("You have said so already. One more of you needs to."))
    if decision.by_id in apart_from(member, now):
        # Two who are kept apart are never the two of one decision (domain, section 8); neither learns why.
        raise Refused(_("This one is not yours to decide. Others of you look at it."))
    decision.seconded_by, decision.seconded_at = member, now
    decision.save(update_fields=["seconded_by", "seconded_at"])
    _carry_out(decision, post, member, now)
    return Outcome(decision, done=True)


def _open_for_second(decision: PostDecision, post: Post, member: Membership, circle: Circle, now: datetime) -> None:
    if post.state == State.ACCEPTED:
        # What one person would take off the board, one person may hide until a second has looked.
        apply_decision(post=post, verb=Verb.HIDE, now=now)
        close_reports_on(post=post, by=member, verb=Verb.HIDE, now=now)
        _tell_author(decision, post, Verb.HIDE, now)
    _record(decision, post, member, f"propose {decision.verb}", now)
    others = Membership.objects.filter(pk__in=circle.people - {member.pk}).select_related("person")
    ask_for_second(post, list(others), decision.pk, now)
    see_to_enough(post, circle, now)


def _carry_out(decision: PostDecision, post: Post, member: Membership, now: datetime) -> None:
    withdraw(key_prefix=hold_key(post), now=now)
    if decision.verb != Verb.WARN:  # the post stays as it is
        apply_decision(post=post, verb=decision.verb, now=now)
    close_reports_on(post=post, by=member, verb=Verb(decision.verb), now=now)
    if decision.verb in IN_FAVOUR:
        undone_by_others(ref=post.ref, by=member, now=now)
    _record(decision, post, member, decision.verb, now)
    _tell_author(decision, post, Verb(decision.verb), now)


def _tell_author(decision: PostDecision, post: Post, verb: Verb, now: datetime) -> None:
    people = [pk for pk in (decision.by_id, decision.seconded_by_id) if pk]
    by_role = in_words(offices_in(post.community_id, now), people)
    why = str(Reason(decision.reason).label)
    explain(post=post, verb=verb, reason=why, words=decision.words, by_role=by_role, now=now)


def _record(decision: PostDecision, post: Post, member: Membership, verb: str, now: datetime) -> None:
    facts = {"version": decision.version, "reason": decision.reason, "first": decision.by.ref, "state": post.state}
    record(
        chain=post.community.chain, verb=verb.replace("_", " "), actor=member.ref, subject=post.ref, at=now, facts=facts
    )
