"""When a plan is looked at again: a day its owner chose, a kind reminder, and an offer after a support call."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from audit.services import PEOPLE, record
from clock.london import day_of, first_moment
from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan
from crisisplans.services.holding import hold
from notices.models import Notice
from notices.services import tell, withdraw
from people.decisions import Refused
from people.models import Person

REMINDER = "look_again"
FURTHEST = timedelta(days=3 * 366)
BY_DAY = time(10)
NOT_THEN = _("Please choose a day that is still to come, within three years.")
# The page that each kind of plan has.
PAGE: dict[str, str] = {PlanKind.CRISIS: "mine", PlanKind.DEVELOPMENT: "growing"}


def can_be_chosen(on: date, today: date) -> bool:
    """Whether a plan can be looked at again on this day: one that is still to come, within three years."""
    return today < on <= today + FURTHEST


@transaction.atomic
def set_review_date(*, person: Person, kind: str, on: date | None) -> Plan:
    """Choose the day on which one's own plan is to be looked at again, or none. What was reminded of is taken back.

    Raises `Refused` for a day that is over or more than three years ahead, and while the plan is closed.
    """
    held = hold(person, kind)
    plan = held.plan
    if on is not None and not can_be_chosen(on, day_of(held.now)):
        raise Refused(str(NOT_THEN))
    plan.review_on, plan.look_again_at = on, None
    plan.save(update_fields=["review_on", "look_again_at"])
    withdraw(key_prefix=_stem(plan), now=held.now)
    facts = {"kind": str(plan.kind), "chosen": on is not None}
    actor = f"person:{person.pk}"
    record(chain=PEOPLE, verb="chose a day for a plan", actor=actor, subject=plan.opaque, at=held.now, facts=facts)
    return plan


def offer_another_look(*, plan_id: int, now: datetime) -> None:
    """Offer the owner of a crisis plan to look at it again, when they next open it. Called where a support call's
    opening closes, in its transaction, under the plan's lock. Nobody is told, and nothing is asked for.
    """
    Plan.objects.filter(pk=plan_id, kind=PlanKind.CRISIS, latest__isnull=False).update(look_again_at=now)


@transaction.atomic
def answer_offer(*, person: Person, kind: str) -> None:
    """Put the offer to look again, or a day that has come, aside: not now. Twice is once."""
    if not Plan.objects.filter(person=person, kind=kind).exists():
        return
    held = hold(person, kind)
    plan = held.plan
    has_come = plan.review_on is not None and plan.review_on <= day_of(held.now)
    plan.look_again_at, plan.review_on = None, None if has_come else plan.review_on
    plan.save(update_fields=["look_again_at", "review_on"])
    withdraw(key_prefix=_stem(plan), now=held.now)


def remind_due() -> int:
    """Remind everybody whose chosen day has come, once; return how many. Run by the sweep, safe to run twice."""
    due = Plan.objects.filter(review_on__lte=day_of(clock.now()), person__is_active=True)
    waiting = due.exclude(reminded_for=F("review_on")).values_list("pk", flat=True)
    return sum(_remind(pk) for pk in waiting)


@transaction.atomic
def _remind(pk: int) -> bool:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    now = clock.now()
    if plan is None or plan.review_on is None or plan.reminded_for == plan.review_on:
        return False
    # Never in the night: what is due at ten waits for ten, and then for the end of their own quiet hours.
    due_at = max(now, first_moment(plan.review_on, BY_DAY))
    path = reverse(f"crisisplans:{PAGE[plan.kind]}")
    tell(person=plan.person, kind=REMINDER, key=f"{_stem(plan)}:{plan.review_on}", path=path, now=now, due_at=due_at)
    plan.reminded_for = plan.review_on
    plan.save(update_fields=["reminded_for"])
    return True


def still_to_be_reminded(notice: Notice) -> bool:
    """Whether a reminder may still go out: its owner has neither erased the plan nor chosen another day."""
    pk = notice.key.removeprefix("look again:").partition(":")[0]
    return Plan.objects.filter(pk=pk, person_id=notice.person_id, reminded_for=F("review_on")).exists()


def _stem(plan: Plan) -> str:
    return f"look again:{plan.pk}"
