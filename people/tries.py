"""Limits on guessing: five wrong tries in five minutes, counted by account and device or address (safety checks 1.12).

Counted in the database by one conditional UPDATE before the secret is looked at, so that of many tries at once only
five are looked at. Not by account alone: else anybody could shut somebody else out by guessing wrongly.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, Value, When

from people.models import Attempt, Person
from people.sealing import digest
from people.sign_in_names import looked_for

LIMIT = 5
WINDOW = timedelta(minutes=5)
# Six digits could be guessed from a thousand addresses. Whoever gets that far has the password already; from devices
# that never signed in as this person they get so many tries in all. A known device is not touched by this.
ELSEWHERE_LIMIT = 30
ELSEWHERE_WINDOW = timedelta(hours=24)


@dataclass(frozen=True)
class Counter:
    """What is tried (`kind`), on whose account, and from where (`people.devices.source`)."""

    kind: str
    account: str
    source: str

    @property
    def key(self) -> str:
        return digest("try", "|".join((self.kind, self.account, self.source)))


def account_of(person: Person | None, typed: str) -> str:
    """Return whose tries these are: a person's under all their names, or those on a name that nobody has.

    Two ways of writing are one here exactly if they are one when somebody is looked for. Else six tries, five of them
    with an accent, would tell whether the name is known (safety checks 1.11).
    """
    return f"person:{person.pk}" if person else f"nobody:{looked_for(typed)}"


def take(counter: Counter, *, now: datetime, limit: int = LIMIT, window: timedelta = WINDOW, how_many: int = 1) -> bool:
    """Count a try; False, and it must not be looked at, when there were too many. Two queries.

    `how_many`: of one form that tries several things at once; all of them are counted, or none is and none looked at.
    The wait runs from the last try that was counted: what is refused meanwhile does not make it longer.
    """
    Attempt.objects.bulk_create([Attempt(key=counter.key, last_at=now)], ignore_conflicts=True)
    lately = Q(last_at__gt=now - window)
    if how_many > limit:
        return False
    counted = Attempt.objects.filter(Q(count__lte=limit - how_many) | ~lately, key=counter.key).update(
        count=Case(When(lately, then=F("count") + how_many), default=Value(how_many)), last_at=now
    )
    return bool(counted)


def take_second_step(counter: Counter, *, now: datetime) -> bool:
    """Count a try at somebody's second step; from unknown devices it counts for all of them together too."""
    if not take(counter, now=now):
        return False
    if counter.source.startswith("device:"):
        return True
    return take(_elsewhere(counter), now=now, limit=ELSEWHERE_LIMIT, window=ELSEWHERE_WINDOW)


def forget(counter: Counter) -> None:
    """Count anew after a try that was right. One query."""
    Attempt.objects.filter(key__in=[counter.key, _elsewhere(counter).key]).delete()


def clear_old(*, now: datetime) -> int:
    """Delete counters that count no more; return how many. Run by the beat."""
    removed, _kinds = Attempt.objects.filter(last_at__lt=now - ELSEWHERE_WINDOW).delete()
    return removed


def _elsewhere(counter: Counter) -> Counter:
    return Counter(counter.kind, counter.account, "elsewhere")
