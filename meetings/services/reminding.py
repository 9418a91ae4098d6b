"""Reminding of what is ahead, by each person's choice, and asking for registers. Run by the sweep."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

import clock
from clock.london import day_of
from communities.lifecycle import Kind, State
from communities.models import Community, Membership
from communities.queries import lock_membership, rules_of
from meetings.lifecycle.coming import Answer, RemindWhen
from meetings.models import Coming, ReminderChoice, Session
from meetings.notifications.coming import remind
from meetings.notifications.register import tell_of_untaken
from meetings.policies.coming import may_choose_reminders
from meetings.queries.coming import away_on
from meetings.queries.everybody import may_come
from meetings.queries.register import lately_over
from meetings.reminding import FURTHEST, Ahead, Reminder, due
from people.decisions import require

# Whoever runs a session is asked for its register once it has been over for so long, and not after the second.
ASKED_AFTER, ASKED_UNTIL = timedelta(hours=1), timedelta(hours=24)


@transaction.atomic
def choose_reminders(*, by: Membership, when: str, unanswered: bool) -> ReminderChoice:
    """Choose when to be reminded, and whether also of what one has not answered. Whoever comes to sessions, for
    themselves. Raises `Refused`. It counts when a reminder is sent, not when it is made."""
    member = lock_membership(by)
    require(may_choose_reminders(member))
    chosen = {"when": RemindWhen(when), "unanswered": unanswered}
    row, _made = ReminderChoice.objects.update_or_create(membership=member, defaults=chosen)
    return row


def remind_all() -> int:
    """Make the reminders that are due in every community; returns how many are told of. Safe to run twice."""
    now = clock.now()
    ahead = Session.objects.planned().filter(starts_at__gt=now, starts_at__lte=now + FURTHEST)
    communities = Community.objects.filter(pk__in=ahead.values("community")).order_by("pk")
    return sum(_remind_in(community) for community in list(communities))


@transaction.atomic
def _remind_in(community: Community) -> int:
    """One community's, under the lock of its sessions: two sweeps at once tell everybody once."""
    now = clock.now()
    rows = Session.objects.planned().filter(community=community, starts_at__gt=now, starts_at__lte=now + FURTHEST)
    sessions = list(rows.select_for_update().order_by("pk"))
    reminders = _due_in(community, sessions, now)
    return remind(reminders, community.slug, now) if reminders else 0


def _due_in(community: Community, sessions: list[Session], now: datetime) -> list[tuple[Reminder, Membership]]:
    """What each member is to be reminded of now. Five queries, however many they are."""
    members = {member.pk: member for member in _who_is_reminded(community)}
    said: dict[int, dict[int, str]] = defaultdict(dict)
    for each in Coming.objects.filter(session__in=sessions):
        said[each.membership_id][each.session_id] = each.answer
    chosen = {row.membership_id: row for row in ReminderChoice.objects.filter(membership__in=members)}
    asks = asks_unanswered(community)
    first, last = day_of(now), day_of(now + FURTHEST)
    away = away_on(list(members), first, last)
    found = []
    for pk, member in members.items():
        choice = chosen.get(pk) or ReminderChoice(when=RemindWhen.DAY_BEFORE)
        unanswered = asks if choice.unanswered is None else choice.unanswered
        days = away.get(pk, [])
        ahead = [
            Ahead(session.pk, session.starts_at, said=session.pk in said[pk])
            for session in sessions
            if _concerns(member, session, said[pk], unanswered=unanswered)
            and (session.pk in said[pk] or not any(time.covers(day_of(session.starts_at)) for time in days))
        ]
        found += [(reminder, member) for reminder in due(ahead, choice.when, now)]
    return found


def _who_is_reminded(community: Community) -> list[Membership]:
    members = Membership.objects.filter(may_come(), community=community, kind=Kind.MEMBER)
    return list(members.select_related("person").order_by("pk"))


def _concerns(member: Membership, session: Session, said: dict[int, str], *, unanswered: bool) -> bool:
    """Whether this is something to remind them of: they said that they come, or it counts and they said nothing."""
    if session.pk in said:
        return said[session.pk] == Answer.COMING
    return unanswered and session.counts and member.state == State.ACTIVE


def asks_unanswered(community: Community) -> bool:
    """Whether, without a choice, one is reminded of what counts and one has said nothing about. One query.

    Where days of the programme count, everybody is expected on each of them; elsewhere people choose among groups.
    """
    return getattr(rules_of(community), "absence_counts", "") == "programme_days"


def ask_for_registers() -> int:
    """Ask those who run a session that has been over for an hour for its register, once; returns how many sessions.

    Only sessions that count: without a register they count for nobody (domain, section 2). Safe to run twice.
    """
    now = clock.now()
    sessions = lately_over(now, since=ASKED_AFTER, until=ASKED_UNTIL)
    for session in sessions:
        _ask_for(session.pk, now)
    return len(sessions)


@transaction.atomic
def _ask_for(pk: int, now: datetime) -> None:
    session = Session.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)
    tell_of_untaken(session, now)
