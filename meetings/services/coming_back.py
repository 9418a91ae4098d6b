"""Coming back after being inactive is easier than leaving: one asks, one says welcome (domain, section 2)."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.apart import apart_from
from communities.asking import lock_both
from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.queries import deciders, lock_membership, members_of_kind, rules_of
from meetings.after_silence import change_standing
from meetings.lifecycle.attendance import COME_BACK_STEPS, ComeBackState, WithPlan
from meetings.models import ComeBackAsked, Session
from meetings.notifications.letters import tell_come_back_asked, tell_welcomed
from meetings.policies.attendance import may_ask_to_come_back
from meetings.policies.coming_back import may_welcome_back
from meetings.queries.absences import lock_come_back, own_come_back
from meetings.roles import roles_in
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

LONGEST_WORDS = 1000


@transaction.atomic
def ask_to_come_back(*, by: Membership, session: Session | None = None, words: str = "") -> ComeBackAsked:
    """Ask to come back, by somebody inactive, at any time; with a session they would like to come to, or just so.

    Asked again while it waits it is the same asking, with what was chosen last. Those in office, staff and whoever runs
    that session are told. Raises `Refused`, and ValidationError for words that are too long.
    """
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please make it shorter: 1,000 letters at most.")})
    member = lock_membership(by)
    now = clock.now()
    require(may_ask_to_come_back(member))
    if session is not None and not _is_ahead(session, member, now):
        raise Refused(_("This session is over, or called off. Please choose another one."))
    asked = own_come_back(member, lock=True)
    if asked is not None:
        asked.session, asked.words = session, words.strip() or asked.words
        asked.save(update_fields=["session", "words"])
    else:
        asked = ComeBackAsked.objects.create(membership=member, session=session, words=words.strip(), made_at=now)
        record(chain=member.community.chain, verb="ask to come back", actor=member.ref, subject=asked.ref, at=now)
    tell_come_back_asked(asked, _who_may_welcome(member, session, now), now)
    return asked


def _is_ahead(session: Session, member: Membership, now: datetime) -> bool:
    return session.community_id == member.community_id and session.takes_place and not session.is_over(now)


def forget_come_backs(membership: Membership, until: datetime) -> int:
    """Clear what this member wrote when asking to come back, up to a moment; returns how many.

    Called with the erasing of their words, in its transaction (meetings.services.erasing).
    """
    return ComeBackAsked.objects.filter(membership=membership, words__gt="", made_at__lte=until).update(words="")


def _who_may_welcome(about: Membership, session: Session | None, now: datetime) -> Collection[Membership]:
    may = {member.pk for member in deciders(about.community, now)}
    may |= set(members_of_kind(about.community, Kind.STAFF).values_list("pk", flat=True))
    if session is not None:
        may |= {member.pk for member in roles_in(session).values()}
    people = Membership.objects.filter(pk__in=may - apart_from(about, now), state=State.ACTIVE)
    return list(people.select_related("person"))


@transaction.atomic
def welcome_back(*, asked: ComeBackAsked, by: Membership, plan: str = "") -> Membership:
    """Say welcome: they are an active member again, at once, and are told. One is enough; there is no "no" to it.

    One of the Top Three in office, staff, or whoever runs the session they chose; never somebody kept apart from them.
    `plan`: what is said of a new plan, where the rule asks for one (`return_plan`). Raises `Refused`, and `Conflict`
    when somebody else has said it already.
    """
    member, about = lock_both(by, asked.membership)
    row = lock_come_back(asked.pk)
    now = clock.now()
    require(may_welcome_back(member, row, now))
    row.state = target(COME_BACK_STEPS, "welcome", row.state, said=_("Somebody has said welcome already."))
    if about.state != State.INACTIVE:
        raise Conflict(_("They are not inactive any more."))
    asks_for_plan = rules_of(about.community).return_plan
    if asks_for_plan and plan not in WithPlan.values:
        raise Refused(_("Please say what about a new plan. Our rule asks for it."))
    row.closed_at, row.welcomed_by, row.plan = now, member, plan if asks_for_plan else ""
    row.save(update_fields=["state", "closed_at", "welcomed_by", "plan"])
    withdraw(key_prefix=f"{row.ref}:asked", now=now)
    back = change_standing(membership=about, verb="welcome_back", by=member.ref)
    tell_welcomed(row, now)
    facts = {"plan": row.plan}
    record(chain=about.community.chain, verb="welcome back", actor=member.ref, subject=row.ref, at=now, facts=facts)
    return back


def close_come_backs() -> int:
    """Close what was asked by somebody who is not inactive any more (they left, or came back another way); how many."""
    waiting = ComeBackAsked.objects.filter(state=ComeBackState.OPEN).exclude(membership__state=State.INACTIVE)
    pks = list(waiting.values_list("pk", flat=True))
    return sum(_close(pk) for pk in pks)


@transaction.atomic
def _close(pk: int) -> bool:
    about = lock_membership(ComeBackAsked.objects.select_related("membership").get(pk=pk).membership)
    row = lock_come_back(pk)
    if row.state != ComeBackState.OPEN or about.state == State.INACTIVE:
        return False
    now = clock.now()
    row.state = target(COME_BACK_STEPS, "close", row.state, said="")
    row.closed_at = now
    row.save(update_fields=["state", "closed_at"])
    withdraw(key_prefix=f"{row.ref}:asked", now=now)
    return True
