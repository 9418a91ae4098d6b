"""Asking to come back, at any time; two who say the same answer it (domain, section 5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.apart import apart_from
from communities.asking import lock_both
from communities.lifecycle import State
from communities.models import Membership
from communities.queries import lock_membership
from moderation.lifecycle import RETURN_STEPS, EndedHow, ReturnSays
from moderation.models import ReturnAsked, ReturnVoice, Suspension
from moderation.queries import in_force, lock_suspension, open_return
from moderation.services.suspending import end_suspension
from moderation.standing_notices import tell_return_answered, tell_return_asked
from moderation.suspending import circle_about, may_ask_to_return, may_decide_about
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

NEEDED = 2


@transaction.atomic
def ask_to_return(*, by: Membership, words: str = "") -> ReturnAsked:
    """Ask to come back before the end, by the one suspended, at any time. Asked twice while it waits is once.

    The Top Three are told, but whoever is in a conflict. Raises `Refused` for somebody who is not suspended, and where
    there is no letter to answer (suspended before there were letters: then a vote, or two of them, end it).
    """
    member = lock_membership(by)
    require(may_ask_to_return(member))
    row = in_force(member, lock=True)
    now = clock.now()
    if row is None:
        raise Refused(_("Please tell one of the people who look after this place that you want to come back."))
    waiting = open_return(row, lock=True)
    if waiting and waiting.by_id == member.pk:
        return waiting
    if waiting:
        # One of those who decide spoke first, unasked: from now on it is asked, and their voice counts as before.
        waiting.by, waiting.words, waiting.made_at = member, words, now
        waiting.save(update_fields=["by", "words", "made_at"])
    asked = waiting or ReturnAsked.objects.create(suspension=row, by=member, words=words, made_at=now)
    people = circle_about(member, now, case=row.ref).people
    others = Membership.objects.filter(pk__in=people).select_related("person", "community")
    tell_return_asked(asked, others, now)
    record(chain=member.community.chain, verb="ask to return", actor=member.ref, subject=row.ref, at=now)
    return asked


@transaction.atomic
def answer_return(*, suspension: Suspension, by: Membership, says: str, words: str = "") -> bool:
    """Say whether somebody may come back now; True once two have said the same, which is then done and told.

    The Top Three in office, not about themselves and not in a conflict; whether it was asked for or not. A voice counts
    only while its speaker is in office, and may be changed until two agree. Raises `Refused`, and `Conflict` when it is
    over or was answered meanwhile.
    """
    member, about = lock_both(by, suspension.membership)
    row = lock_suspension(suspension.pk)
    now = clock.now()
    require(may_decide_about(member, about, now, case=row.ref))
    if about.state != State.SUSPENDED or (current := in_force(about)) is None or current.pk != row.pk:
        raise Conflict(_("This suspension is over already."))
    asked = open_return(row, lock=True)
    if asked is None and says == ReturnSays.NOT_YET:
        raise Conflict(_("Nobody waits for this answer any more."))
    asked = asked or ReturnAsked.objects.create(suspension=row, by=member, made_at=now)
    ReturnVoice.objects.update_or_create(asked=asked, by=member, defaults={"says": says, "words": words, "at": now})
    # Two who are kept apart are never the two of one decision (domain, section 8).
    counting = circle_about(about, now, case=row.ref).people - apart_from(member, now)
    agreed = list(asked.voices.filter(says=says, by__in=counting).select_related("by"))
    if len(agreed) < NEEDED:
        facts = {"says": str(says)}
        chain = row.community.chain
        record(chain=chain, verb="speak for return", actor=member.ref, subject=row.ref, at=now, facts=facts)
        return False
    _carry_out(asked, about, member, agreed, now)
    return True


def _carry_out(
    asked: ReturnAsked, about: Membership, member: Membership, agreed: list[ReturnVoice], now: datetime
) -> None:
    says = agreed[-1].says
    verb = "grant" if says == ReturnSays.COME_BACK else "say_not_yet"
    asked.state = target(RETURN_STEPS, verb, asked.state, said=_("This was answered meanwhile."))
    asked.decided_at, asked.answer = now, "\n\n".join(voice.words for voice in agreed if voice.words)
    asked.save(update_fields=["state", "decided_at", "answer"])
    withdraw(key_prefix=f"{asked.ref}:asked", now=now)
    if says == ReturnSays.COME_BACK:
        end_suspension(membership=about, by=member.ref, why=asked.answer, now=now, how=EndedHow.TWO)
        return
    facts = {"says": str(says)}
    chain, subject = about.community.chain, asked.suspension.ref
    record(chain=chain, verb="answer return", actor=member.ref, subject=subject, at=now, facts=facts)
    if asked.by_id == about.pk:
        tell_return_answered(asked, about, now)
