"""Giving staff what they need when a life or a child is in danger: by two, or one whom nobody answers (domain, 8)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.policies import acts_as_staff
from communities.queries import apart_from, deciders, lock_membership
from meetings.lifecycle import ItemKind
from meetings.services import put_on_agenda
from moderation.in_danger import may_answer_danger, may_ask_danger
from moderation.lifecycle import DANGER_STEPS, DangerState, DangerTo, StaffKind
from moderation.models import DangerNotice, Given, LeftNumber
from moderation.services.for_staff import leave_for_staff
from moderation.staff_notices import ask_for_second, tell_about_them
from notices.services import withdraw
from people.decisions import Refused, require
from people.transitions import target

# Whoever asks sends it alone if no second answers within this (domain, section 8).
ALONE_AFTER = timedelta(minutes=10)
LONGEST_WORDS = 1000
# What somebody disagreed with, and nobody else agrees to, is let go after this.
LEFT_OPEN_FOR = timedelta(hours=24)
# The words are blanked this long after staff have said that it is over.
KEPT_AFTER = timedelta(days=30)
GONE = _("This has been answered meanwhile. Please see how it stands now.")


@transaction.atomic
def ask_danger_notice(
    *, by: Membership, about: Membership, to: DangerTo, words: str, adds_danger: bool, form_key: UUID
) -> DangerNotice:
    """Begin a danger notice about somebody of the community: it waits for a second of those in office, who are asked.

    One of the Top Three in office (or a caretaker), never about oneself. Whoever is kept apart from `about` is not
    asked; where nobody else is in office who could answer, it goes at once. The same form is one notice. Raises
    `Refused`, and ValidationError for words that are missing or over 1,000 letters.
    """
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please write what staff need to know, in 1,000 letters at most.")})
    member = lock_membership(by)
    now = clock.now()
    require(may_ask_danger(member, about, now))
    if (sent_before := DangerNotice.objects.filter(asked_by=member, form_key=form_key).first()) is not None:
        return sent_before
    danger = DangerNotice(
        community=member.community,
        about=about,
        to=to,
        adds_danger=adds_danger,
        form_key=form_key,
        asked_by=member,
        asked_at=now,
    )
    danger.given = Given(words=words)
    danger.save()
    not_asked = {member.pk, about.pk, *apart_from(about, now)}
    others = deciders(member.community, now).exclude(pk__in=not_asked).select_related("person")
    ask_for_second(danger, others, now)
    _record(danger, "ask danger notice", member.ref, now)
    if not others:
        _send(danger, by=member, verb="send_alone", now=now)
    return danger


@transaction.atomic
def answer_danger_notice(*, danger: DangerNotice, by: Membership, verb: str) -> DangerNotice:
    """As another of those in office: `agree`, and it goes; or `disagree`, and it does not go by one alone.

    As the one who asked: `send_alone` after ten minutes without an answer, or `drop`. Never the one it is about.
    Raises `Refused`, and `Conflict` when somebody was quicker.
    """
    member = lock_membership(by)
    row = lock_danger(danger.pk)
    now = clock.now()
    require(may_answer_danger(member, row, verb, now, alone_after=ALONE_AFTER))
    state = target(DANGER_STEPS, verb, row.state, said=GONE)
    if state == DangerState.SENT:
        _send(row, by=member, verb=verb, now=now)
    elif state == DangerState.DROPPED:
        _close(row, state, member, now)
        withdraw(key_prefix=f"danger_second:{row.pk}", now=now)
        _record(row, "drop danger notice", member.ref, now)
    else:
        row.disagreed_by = member
        row.save(update_fields=["disagreed_by"])
        _record(row, "disagree with danger notice", member.ref, now)
    return row


def send_unanswered() -> int:
    """Send what nobody has answered within ten minutes. Run each half minute by the sweep; returns how many went."""
    waits = DangerNotice.objects.filter(
        state=DangerState.ASKED, asked_at__lte=clock.now() - ALONE_AFTER, disagreed_by=None
    )
    return sum(_send_if_unanswered(pk) for pk in list(waits.values_list("pk", flat=True)))


def drop_left_open() -> int:
    """Let go what somebody disagreed with and nobody has agreed to for a day. Run by the sweep; returns how many."""
    now = clock.now()
    old = DangerNotice.objects.filter(state=DangerState.ASKED, asked_at__lte=now - LEFT_OPEN_FOR)
    return sum(_drop_if_open(pk) for pk in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _drop_if_open(pk: int) -> bool:
    row, now = lock_danger(pk), clock.now()
    if row.state != DangerState.ASKED:
        return False
    row.state, row.closed_at = target(DANGER_STEPS, "drop", row.state, said=GONE), now
    row.save(update_fields=["state", "closed_at"])
    withdraw(key_prefix=f"danger_second:{row.pk}", now=now)
    _record(row, "drop danger notice", "site", now)
    return True


@transaction.atomic
def _send_if_unanswered(pk: int) -> bool:
    row = lock_danger(pk)
    if row.state != DangerState.ASKED or row.disagreed_by_id is not None:
        return False
    _send(row, by=row.asked_by, verb="send_alone", now=clock.now())
    return True


def _send(danger: DangerNotice, *, by: Membership, verb: str, now: datetime) -> None:
    """Give it to staff, with the number as it is left now; tell the one it is about, unless that adds danger."""
    left = LeftNumber.objects.filter(membership=danger.about_id).first()
    number = left.left if left else Given()
    danger.given = Given(danger.about.display_name, number.number, number.ask_for, danger.given.words)
    danger.state = target(DANGER_STEPS, verb, danger.state, said=GONE)
    danger.sent_at, danger.agreed_by = now, by if verb == "agree" else None
    danger.save(update_fields=["sealed", "state", "sent_at", "agreed_by"])
    withdraw(key_prefix=f"danger_second:{danger.pk}", now=now)
    community, key = danger.community, f"danger:{danger.pk}"
    leave_for_staff(community=community, kind=StaffKind.DANGER, key=key, now=now, danger=danger)
    facts = {"people": 2 if danger.agreed_by_id else 1, "with number": bool(number.number)}
    if not danger.adds_danger:
        _tell_of_it(danger, now)
    _record(danger, "danger notice", by.ref, now, **facts)


def _tell_of_it(danger: DangerNotice, now: datetime) -> None:
    """Tell the one it is about, and let the next meeting look at it: that it happened, and no more."""
    tell_about_them(danger, now)
    put_on_agenda(
        community=danger.community,
        kind=ItemKind.DANGER,
        title=_("A danger notice was given to staff"),
        why=_("We look at how it went. Not at whom it was about."),
        by=None,
        ref=danger.ref,
        now=now,
        from_opening=True,
    )


@transaction.atomic
def say_safe(*, danger: DangerNotice, by: Membership) -> DangerNotice:
    """Say as one of staff that telling adds no danger any more: the one it is about is told now. Twice is once."""
    member = lock_membership(by)
    row = _lock_here(danger, member)
    now = clock.now()
    require(acts_as_staff(member, now))
    if row.sent_at is None:
        raise Refused(GONE)
    if row.is_told:
        return row
    row.safe_at, row.safe_by = now, member
    row.save(update_fields=["safe_at", "safe_by"])
    _tell_of_it(row, now)
    _record(row, "safe to tell", member.ref, now)
    return row


@transaction.atomic
def end_danger(*, danger: DangerNotice, by: Membership) -> DangerNotice:
    """Say as one of staff that it is over: what its one asked to erase goes on. Twice is once.

    Not before one of staff has said that they have seen it. Raises `Refused`, `Conflict`.
    """
    member = lock_membership(by)
    row = _lock_here(danger, member)
    now = clock.now()
    require(acts_as_staff(member, now))
    if row.state == DangerState.OVER:
        return row
    state = target(DANGER_STEPS, "end", row.state, said=GONE)
    if row.notice.seen_at is None:
        raise Refused(_("Please say first that you have seen it."))
    _close(row, state, member, now)
    _record(row, "end danger notice", member.ref, now)
    return row


@transaction.atomic
def note_danger_look(*, danger: DangerNotice, by: Membership) -> datetime:
    """Put on record that one of staff reads a danger notice, before they do (domain, section 4.4). Returns the time."""
    member = lock_membership(by)
    now = clock.now()
    require(acts_as_staff(member, now))
    if danger.community_id != member.community_id:
        raise Http404
    _record(danger, "staff look", member.ref, now)
    return now


def blank_old_dangers() -> int:
    """Blank the words of what has been over (or was never sent) for 30 days. Run by the sweep; returns how many."""
    old = DangerNotice.objects.filter(closed_at__lte=clock.now() - KEPT_AFTER).exclude(sealed="")
    return old.update(sealed="")


def _lock_here(danger: DangerNotice, member: Membership) -> DangerNotice:
    row = lock_danger(danger.pk)
    if row.community_id != member.community_id:
        raise Http404
    return row


def lock_danger(pk: int) -> DangerNotice:
    """The notice under its lock: after the membership's. In a transaction only."""
    rows = DangerNotice.objects.select_for_update(of=("self",))
    return rows.select_related("community", "about__person", "asked_by__person").get(pk=pk)


def _close(danger: DangerNotice, state: str, member: Membership, now: datetime) -> None:
    danger.state, danger.closed_at, danger.closed_by = state, now, member
    danger.save(update_fields=["state", "closed_at", "closed_by"])


def _record(danger: DangerNotice, verb: str, actor: str, now: datetime, **facts: object) -> None:
    # Not about whom: whoever reads the record later finds no person in it.
    told = {"to": danger.to, "told": not danger.adds_danger or danger.safe_at is not None}
    chain = danger.community.chain
    record(chain=chain, verb=verb, actor=actor, subject=danger.ref, at=now, facts=told | facts)
