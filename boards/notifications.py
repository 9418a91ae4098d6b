"""What the board tells people. No notice carries a word of a post."""

from datetime import datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards import answers
from boards.lifecycle import AWAITING_DECISION
from boards.models import Post, StaffInvitation
from boards.watching import GROUP, WATCH, while_on_duty, writes_on_a_board
from communities.lifecycle import DECIDING_OFFICES, Office
from communities.lifecycle import State as Standing
from communities.models import Membership
from notices import kinds
from notices.models import Notice
from notices.services import tell_each

AGAIN_AFTER = timedelta(minutes=15)
OWN_POSTS = kinds.Group(
    "own_posts", _("Your own posts"), _("Somebody has looked at one of your posts."), is_for=writes_on_a_board
)


def register_all() -> None:
    """Make the board's kinds of notices known; called once, as the site starts."""
    answers.register_all()
    kinds.register_group(OWN_POSTS)
    kinds.register_group(GROUP)
    kinds.register(
        "hold",
        _("A post is waiting for one of you to look at it."),
        still_wanted=_for_those_who_decide,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=may_still_decide,
    )
    kinds.register(
        "asked_in",
        _("The community asks you in for a time. See what it is about."),
        still_wanted=_is_still_asked_in,
        opens=_is_still_asked_in,
    )
    kinds.register("post_decided", _("One of your posts has been looked at."), group=OWN_POSTS.name)


def tell_on_duty(post: Post, people: tuple[Membership, ...], now: datetime) -> int:
    """Tell those on duty that a post waits for a person, and each of them again after 15 minutes (domain, section 8).

    Called when the hold begins and by each sweep: told is told, and whoever comes on duty later is told then.
    """
    if not people:
        return 0
    about = partial(tell_each, kind="hold", path=reverse("moderation:queue", args=[post.community.slug]), now=now)
    keys = {f"{hold_key(post)}:first:{member.pk}": member.person for member in people}
    told = [notice.key for notice in about(people=keys) if now - notice.made_at >= AGAIN_AFTER]
    if told:
        about(people={key.replace(":first:", ":again:"): keys[key] for key in told})
    return len(people)


def tell_asked_in(invitation: StaffInvitation, staff: list[Membership], path: str, now: datetime) -> None:
    """Tell those of staff whom the community has asked in; where it leads is closed again when their time is over."""
    keys = {f"asked_in:{invitation.pk}:{member.pk}": member.person for member in staff}
    tell_each(people=keys, kind="asked_in", path=path, now=now, are_new=True)


def _is_still_asked_in(notice: Notice) -> bool:
    _kind, pk, member = notice.key.split(":")
    here = StaffInvitation.objects.in_force(clock.now()).filter(pk=int(pk), staff=int(member))
    return here.filter(staff__state=Standing.ACTIVE).exists()


def hold_key(post: Post) -> str:
    """The stem of every notice about this hold; a new hold of the same post is another."""
    # Only a hidden post has `hidden_at`; it may also have been held and released before.
    since = post.hidden_at or post.held_at or post.changed_at
    return f"hold:{post.pk}:{int(since.timestamp() * 1000)}"


def still_for(notice: Notice, offices: frozenset[Office]) -> bool:
    """Whether a mail about a hold may still go out: it waits, and its reader still holds one of these offices."""
    _hold, post, *_times, member = notice.key.split(":")
    reader = Membership.objects.filter(pk=int(member)).in_office(offices, clock.now())
    return Post.objects.filter(pk=int(post), state__in=AWAITING_DECISION).exists() and reader.exists()


def may_still_decide(notice: Notice) -> bool:
    """Whether the queue that a notice points at is open to its reader: they are in office."""
    readers = Membership.objects.filter(person=notice.person_id, community__slug=notice.community)
    return readers.in_office(DECIDING_OFFICES, clock.now()).exists()


def _for_those_who_decide(notice: Notice) -> bool:
    return still_for(notice, DECIDING_OFFICES)
