"""What a proposal brings, and what each kind of motion keeps of it: checked as it is proposed, and again whenever it
is to open or to happen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from boards.queries import access_thread
from communities import rules
from communities.lifecycle import HERE, Kind, State, SuspendedFrom
from communities.models import Community, Membership
from communities.queries import members_of_kind, offices_of, rules_of
from elections.models import Motion
from elections.motions.lifecycle import MotionKind, WhyNot

LONGEST_WORDS = 4000
LONGEST_TITLE = 120
# A suspension has an end, and its length is a limit (domain, section 5); missed meetings take 3 months (section 2).
MOST_WEEKS = 13
MOST_DAYS = 28
MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Asked:
    """A proposal as its form brought it. `about`: one person, or the candidates of a selection day."""

    kind: MotionKind
    form_key: UUID
    words: str
    title: str = ""
    questions: str = ""
    about: tuple[Membership, ...] = ()
    rule: str = ""
    value: str = ""
    day: date | None = None
    suspended_from: str = ""
    weeks: int = 0
    days: int | None = None
    staff: tuple[int, ...] = ()
    thread: int | None = None

    @property
    def as_one(self) -> str:
        """All that was written, for a person who may have to look at it first."""
        return "\n".join(filter(None, (self.questions, self.words)))


def checked(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    """What a motion of this kind keeps. Raises ValidationError in words for the form, Http404."""
    _check_writing(asked)
    check = _CHECKS.get(asked.kind)
    return check(asked, by, now) if check else {}


def why_not(motion: Motion, now: datetime) -> WhyNot | None:
    """Why what a motion asks for cannot happen any more, or None. At most two queries."""
    ask = _STILL.get(MotionKind(motion.kind))
    return ask(motion, now) if ask else None


def _check_writing(asked: Asked) -> None:
    if not asked.words.strip():
        raise ValidationError({"words": _("Please say in a few words why.")})
    if len(asked.words) > LONGEST_WORDS or len(asked.questions) > LONGEST_WORDS or len(asked.title) > LONGEST_TITLE:
        raise ValidationError({"words": _("Please make it shorter: 4,000 letters at most.")})
    if asked.kind == MotionKind.FREE and not asked.title.strip():
        raise ValidationError({"title": _("Please write the question.")})


def _admission(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    if not 1 <= len(asked.about) <= MOST_CANDIDATES or asked.day is None:
        raise ValidationError({"about": _("Please choose who was there.")})
    return {}


def _rule(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    new = rules.parse(asked.rule, asked.value)
    old = getattr(rules_of(by.community), asked.rule)
    if new == old:
        raise ValidationError({"value": _("That is the rule already.")})
    return {"old": old, "new": new}


def _suspension(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    if asked.suspended_from not in SuspendedFrom.values or not 1 <= asked.weeks <= MOST_WEEKS:
        raise ValidationError({"weeks": _("Please choose from what, and for how long.")})
    return {"from": asked.suspended_from, "weeks": asked.weeks}


def _staff_invitation(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    staff = members_of_kind(by.community, Kind.STAFF).filter(pk__in=asked.staff).values_list("pk", flat=True)
    if not asked.staff or len(staff) != len(set(asked.staff)):
        raise ValidationError({"staff": _("Please choose who of staff.")})
    if asked.thread is not None:
        access_thread(by, asked.thread, now)
    if asked.days is not None and not 1 <= asked.days <= MOST_DAYS:
        raise ValidationError({"days": _("Please choose for how long.")})
    return {"staff": sorted(staff), "thread": asked.thread, "days": asked.days}


def _hold_all(asked: Asked, by: Membership, now: datetime) -> dict[str, Any]:
    if asked.days is None or not 1 <= asked.days <= MOST_DAYS:
        raise ValidationError({"days": _("Please choose for how long.")})
    return {"days": asked.days}


_CHECKS = {
    MotionKind.ADMISSION: _admission,
    MotionKind.RULE: _rule,
    MotionKind.SUSPENSION: _suspension,
    MotionKind.STAFF_INVITATION: _staff_invitation,
    MotionKind.HOLD_ALL: _hold_all,
}


def _whom(motion: Motion) -> Membership:
    if motion.about_id is None:
        raise ValueError(f"{motion} is about nobody")
    return Membership.objects.select_related("community", "person").get(pk=motion.about_id)


def _still_admission(motion: Motion, now: datetime) -> WhyNot | None:
    state = _whom(motion).state
    if state == State.PROSPECTIVE:
        return None
    return WhyNot.ALREADY if state in HERE else WhyNot.GONE


def _still_rule(motion: Motion, now: datetime) -> WhyNot | None:
    value = getattr(rules_of(Community.objects.get(pk=motion.community_id)), motion.rule, None)
    if value == motion.asks["new"]:
        return WhyNot.ALREADY
    return None if value == motion.asks["old"] else WhyNot.CHANGED


def _still_here(motion: Motion, now: datetime) -> WhyNot | None:
    about = _whom(motion)
    return None if about.state in HERE - {State.PROSPECTIVE} and not about.is_staff else WhyNot.GONE


def _still_return(motion: Motion, now: datetime) -> WhyNot | None:
    about = _whom(motion)
    if about.state not in HERE:
        return WhyNot.GONE
    return None if about.state == State.SUSPENDED else WhyNot.ALREADY


def _still_recall(motion: Motion, now: datetime) -> WhyNot | None:
    about = _whom(motion)
    if about.state not in HERE:
        return WhyNot.GONE
    return None if offices_of(about, now) else WhyNot.NO_OFFICE


def _still_staff_invitation(motion: Motion, now: datetime) -> WhyNot | None:
    here = members_of_kind(motion.community, Kind.STAFF).filter(pk__in=motion.asks["staff"])
    return None if here.exists() else WhyNot.GONE


def _still_hold_all(motion: Motion, now: datetime) -> WhyNot | None:
    return None if motion.about_id is None else _still_here(motion, now)


_STILL = {
    MotionKind.ADMISSION: _still_admission,
    MotionKind.RULE: _still_rule,
    MotionKind.SUSPENSION: _still_here,
    MotionKind.RETURN: _still_return,
    MotionKind.RECALL: _still_recall,
    MotionKind.STAFF_INVITATION: _still_staff_invitation,
    MotionKind.HOLD_ALL: _still_hold_all,
}
