"""What motions make known as the site starts: rules, notices, who sees what, and what follows when a vote closes."""

from datetime import datetime

from django.urls import reverse

from boards.live.counts import register_count
from boards.services.erasing import also_erase
from communities import about_you
from communities.models import Membership
from elections import outcomes
from elections.models import Motion, Poll
from elections.motions import agenda, notifications, rules, seeing
from elections.motions.queries import open_about, still_to_vote_on
from elections.motions.saying import question_of
from elections.motions.services.happening import on_closed
from elections.motions.services.opening import PURPOSE
from elections.motions.services.words import erase_words


def register_all() -> None:
    """Called once, as the site starts."""
    agenda.register_all()
    rules.register_all()
    notifications.register_all()
    seeing.register_all()
    also_erase(erase_words)
    about_you.register(_pages_about)
    register_count("votes", still_to_vote_on, "poll__closes_at")
    outcomes.register(PURPOSE, on_closed, _heading, _back_to, on_again=_tell_again)


def _pages_about(membership: Membership, now: datetime) -> list[str]:
    return [reverse("elections:motion", args=[membership.community.slug, pk]) for pk in open_about(membership)]


def _tell_again(poll: Poll) -> None:
    """The vote is held again, its key was lost: everybody on the roll is asked anew."""
    motion, voters = _motion_of(poll), [line.membership for line in poll.roll.select_related("membership")]
    notifications.end_notices(motion, poll.opened_at)
    notifications.tell_of(motion, "vote", voters, poll.opened_at, again=poll.attempt)


def _motion_of(poll: Poll) -> Motion:
    return Motion.objects.select_related("about", "community").prefetch_related("words").get(poll=poll)


def _heading(poll: Poll) -> str:
    motion = _motion_of(poll)
    return question_of(motion, motion.words.all())


def _back_to(poll: Poll) -> str:
    return reverse("elections:motion", args=[poll.community.slug, int(poll.subject.partition(":")[2])])
