"""What motions tell people. Never a word, a name, or what it is about; the page says it."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.holds import OVERDUE_AFTER
from boards.notifications import AGAIN_AFTER
from boards.watching import WATCH, while_on_duty
from communities import hours
from communities.duty import duty_hours, next_cover
from communities.lifecycle import DECIDING_OFFICES, HERE, Kind, State
from communities.models import Membership
from communities.queries import apart_from, deciders
from elections.lifecycle import PollState
from elections.models import Elector, Motion, MotionWords
from elections.motions.lifecycle import OPEN, WordsState
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw
from people.models import Person

VOTES = "votes"


def register_all() -> None:
    """Make the kinds of notices about motions known; called once, as the site starts."""
    kinds.register_group(
        kinds.Group(VOTES, _("Votes"), _("Something is proposed, a vote is open, or one has closed."), is_for=_may_vote)
    )
    for name, sentence, question in (
        ("motion_proposed", _("Somebody has proposed something. You can talk it over before the vote."), _is_open),
        ("motion_vote", _("There is something to vote on."), _has_not_voted),
        ("motion_decided", _("A vote has closed. You can read what was decided."), _still_here),
    ):
        kinds.register(name, sentence, still_wanted=question, group=VOTES)
    kinds.register("motion_about_you", _("Members have been asked something that is about you."), _is_open)
    kinds.register("motion_decided_you", _("Members have decided on something that is about you."))
    kinds.register("motion_words_back", _("Somebody has looked at words of yours."))
    kinds.register(
        "motion_words",
        _("Words beside a vote wait for one of you to look at them."),
        _for_those_who_look,
        group=WATCH,
        in_quiet_hours=while_on_duty,
    )
    kinds.register(
        "motion_words_overdue",
        _("Words beside a vote have been waiting and nobody has looked. Please ring one of the Top Three."),
        _for_staff,
        group=WATCH,
        in_quiet_hours=while_on_duty,
    )


def _may_vote(person: Person, now: datetime) -> bool:
    return Membership.objects.filter(person=person, kind=Kind.MEMBER, state__in=HERE - {State.PROSPECTIVE}).exists()


def _numbers(notice: Notice) -> tuple[int, int]:
    """What it is about, and whom it goes to: a key is "motion:7:vote:12" or "words:7:2:first:12"."""
    parts = notice.key.split(":")
    return int(parts[1]), int(parts[-1])


def _is_open(notice: Notice) -> bool:
    motion, member = _numbers(notice)
    return Motion.objects.filter(pk=motion, state__in=OPEN).exists() and _here(member)


def _still_here(notice: Notice) -> bool:
    return _here(_numbers(notice)[1])


def _has_not_voted(notice: Notice) -> bool:
    motion, member = _numbers(notice)
    waiting = Elector.objects.filter(poll__motion=motion, poll__state=PollState.OPEN, has_voted=False)
    return waiting.filter(membership=member, poll__closes_at__gt=clock.now()).exists() and _here(member)


def _here(member: int) -> bool:
    return Membership.objects.filter(pk=member, state__in=HERE).exists()


def _waits(notice: Notice) -> bool:
    return MotionWords.objects.filter(
        pk=_numbers(notice)[0], version=int(notice.key.split(":")[2]), state=WordsState.HELD
    ).exists()


def _for_those_who_look(notice: Notice) -> bool:
    reader = Membership.objects.filter(pk=_numbers(notice)[1]).in_office(DECIDING_OFFICES, clock.now())
    return _waits(notice) and reader.exists()


def _for_staff(notice: Notice) -> bool:
    reader = Membership.objects.filter(pk=_numbers(notice)[1], kind=Kind.STAFF, state=State.ACTIVE)
    return _waits(notice) and reader.exists()


def path_to(motion: Motion) -> str:
    """The page of a motion."""
    return reverse("elections:motion", args=[motion.community.slug, motion.pk])


def tell_of(motion: Motion, what: str, people: Collection[Membership], now: datetime, *, again: int = 0) -> None:
    """Tell these people of a motion, each once: `what` is "proposed", "vote" or "decided". `again`: which telling."""
    rows = Membership.objects.filter(pk__in=[member.pk for member in people]).select_related("person")
    which = f"{what}:{again}" if again else what
    keys = {f"motion:{motion.pk}:{which}:{member.pk}": member.person for member in rows}
    if keys:
        tell_each(people=keys, kind=f"motion_{what}", path=path_to(motion), now=now)


def tell_whom_it_is_about(motion: Motion, what: str, now: datetime) -> None:
    """Tell the one it is about: `what` is "about_you" or "decided_you" (domain, section 4.11)."""
    if motion.about is not None and motion.about.state in HERE:
        key = f"motion:{motion.pk}:{what}:{motion.about_id}"
        tell(person=motion.about.person, kind=f"motion_{what}", key=key, path=path_to(motion), now=now)


def end_notices(motion: Motion, now: datetime) -> None:
    """Take back what was told of a vote that is over."""
    withdraw(key_prefix=f"motion:{motion.pk}:vote", now=now)
    withdraw(key_prefix=f"motion:{motion.pk}:proposed", now=now)


def _stem(words: MotionWords) -> str:
    return f"words:{words.pk}:{words.version}"


def tell_those_who_look(words: MotionWords, now: datetime) -> None:
    """Words wait for a person: told as a hold is (domain, section 8). Whoever is on duty at once and again after 15
    minutes, the others as their hours begin, staff after an hour in theirs; each only while it still waits."""
    motion = words.motion
    # Nor whoever is kept apart from its writer (elections.motions.policies.may_look).
    not_they = {words.by_id, motion.about_id, motion.proposed_by_id, *apart_from(words.by, now)}
    rows = duty_hours(motion.community, now)
    for member in (
        deciders(motion.community, now).exclude(pk__in=[pk for pk in not_they if pk]).select_related("person")
    ):
        starts = hours.next_look([row for row in rows if row.membership_id == member.pk], now) or now
        for name, due in (("first", starts), ("again", starts + AGAIN_AFTER)):
            _tell_look(words, "motion_words", key=f"{name}:{member.pk}", member=member, due=due, now=now)
    for member, due in next_cover(motion.community, now + OVERDUE_AFTER).items():
        _tell_look(words, "motion_words_overdue", key=f"overdue:{member.pk}", member=member, due=due, now=now)


def _tell_look(words: MotionWords, kind: str, *, key: str, member: Membership, due: datetime, now: datetime) -> None:
    for_staff = kind == "motion_words_overdue"
    path = reverse("boards:front", args=[words.motion.community.slug]) if for_staff else path_to(words.motion)
    tell(person=member.person, kind=kind, key=f"{_stem(words)}:{key}", path=path, now=now, due_at=due)


def tell_writer(words: MotionWords, now: datetime) -> None:
    """Somebody has looked: its writer reads how, and nobody else is asked any more."""
    withdraw(key_prefix=f"{_stem(words)}:", now=now)
    key = f"words:{words.pk}:{words.version}:back:{words.by_id}"
    tell(person=words.by.person, kind="motion_words_back", key=f"back:{key}", path=path_to(words.motion), now=now)


def forget_asking(words: MotionWords, now: datetime) -> None:
    """Take back what was told of an earlier version of these words."""
    withdraw(key_prefix=_stem(words), now=now)
