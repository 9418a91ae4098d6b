"""What moderation tells about holds: another is needed, an alternate is asked, nobody has looked. Never a word."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.models import Post
from boards.notifications import hold_key, may_still_decide, still_for
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import DECIDING_OFFICES, Office
from communities.models import Membership
from notices import kinds
from notices.models import Notice
from notices.services import tell


def register_all() -> None:
    """Make moderation's kinds of notices about holds known; called once, as the site starts."""
    kinds.register(
        "second_needed",
        _("One of you has decided on a post. It needs a second person."),
        still_wanted=lambda notice: still_for(notice, DECIDING_OFFICES),
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=may_still_decide,
    )
    kinds.register(
        "alternate_decides",
        _("Too few of the Top Three are left for one post. You are asked to look at it."),
        still_wanted=_for_an_alternate_who_decides,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_may_stand_in,
    )
    kinds.register(
        "alternate_asked",
        _("A post has been waiting for the Top Three. Please ask one of them to look."),
        still_wanted=lambda notice: still_for(notice, frozenset({Office.ALTERNATE})),
        group=WATCH,
        in_quiet_hours=while_on_duty,
    )


def _for_an_alternate_who_decides(notice: Notice) -> bool:
    return still_for(notice, frozenset({Office.ALTERNATE}))


def _may_stand_in(notice: Notice) -> bool:
    readers = Membership.objects.filter(person=notice.person_id, community__slug=notice.community)
    return readers.in_office(frozenset({Office.ALTERNATE}), clock.now()).exists()


def ask_for_second(post: Post, people: list[Membership], decision_pk: int, now: datetime) -> None:
    """Ask the others of the Top Three to join or to decide otherwise."""
    path = reverse("moderation:post", args=[post.community.slug, post.pk])
    for member in people:
        key = f"{hold_key(post)}:second:{decision_pk}:{member.pk}"
        tell(person=member.person, kind="second_needed", key=key, path=path, now=now)


def ask_alternates_to_decide(post: Post, people: list[Membership], now: datetime) -> None:
    """Ask alternates to decide on this one post, as too few of those in office are left without a conflict."""
    path = reverse("moderation:post", args=[post.community.slug, post.pk])
    for member in people:
        key = f"{hold_key(post)}:decide:{member.pk}"
        tell(person=member.person, kind="alternate_decides", key=key, path=path, now=now)


def ask_alternates(post: Post, people: tuple[Membership, ...], now: datetime) -> int:
    """Ask alternates on duty to reach one of the Top Three."""
    path = reverse("boards:front", args=[post.community.slug])
    for member in people:
        key = f"{hold_key(post)}:alternate:{member.pk}"
        tell(person=member.person, kind="alternate_asked", key=key, path=path, now=now)
    return len(people)
