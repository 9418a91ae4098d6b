"""What moderation tells: another is needed, an alternate is asked, a hold has met nobody. Never a word of a post."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Post
from boards.notifications import hold_key
from communities.models import Community, Membership
from notices import kinds
from notices.services import tell


def register_all() -> None:
    """Make moderation's kinds of notices known; called once, as the site starts."""
    kinds.register("second_needed", _("One of you has decided on a post. It needs a second person."))
    kinds.register("alternate_asked", _("A post has been waiting for the Top Three. Please ask one of them to look."))
    kinds.register(
        "hold_overdue", _("A post has been waiting and nobody has looked. Please ring one of the Top Three.")
    )


def ask_for_second(post: Post, people: list[Membership], decision_pk: int, now: datetime) -> None:
    """Ask the others of the Top Three to join or to decide otherwise."""
    path = reverse("moderation:post", args=[post.community.slug, post.pk])
    for member in people:
        key = f"{hold_key(post)}:second:{decision_pk}:{member.pk}"
        tell(person=member.person, kind="second_needed", key=key, path=path, now=now)


def ask_alternates(post: Post, people: tuple[Membership, ...], now: datetime) -> int:
    """Ask alternates on duty to reach one of the Top Three."""
    path = reverse("boards:front", args=[post.community.slug])
    for member in people:
        key = f"{hold_key(post)}:alternate:{member.pk}"
        tell(person=member.person, kind="alternate_asked", key=key, path=path, now=now)
    return len(people)


def tell_staff_overdue(
    post: Post, community: Community, people: list[Membership], now: datetime, *, due_at: datetime
) -> None:
    """Leave a "hold overdue" notice for staff, delivered when their cover hours begin (domain, section 8)."""
    path = reverse("boards:front", args=[community.slug])
    for member in people:
        key = f"{hold_key(post)}:overdue:{member.pk}"
        tell(person=member.person, kind="hold_overdue", key=key, path=path, now=now, due_at=due_at)
