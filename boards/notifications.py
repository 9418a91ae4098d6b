"""What the board tells people. No notice carries a word of a post."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Post
from communities.models import Membership
from notices import kinds
from notices.services import tell


def register_all() -> None:
    """Make the board's kinds of notices known; called once, as the site starts."""
    kinds.register("hold", _("A post is waiting for one of you to look at it."), still_wanted=_still_open)
    kinds.register("post_decided", _("One of your posts has been looked at."))


def tell_on_duty(post: Post, people: tuple[Membership, ...], now: datetime, *, times: str = "first") -> int:
    """Tell those on duty that a post waits for a person. Telling twice under one `times` is one notice each."""
    path = reverse("moderation:queue", args=[post.community.slug])
    for member in people:
        tell(person=member.person, kind="hold", key=f"{hold_key(post)}:{times}:{member.pk}", path=path, now=now)
    return len(people)


def hold_key(post: Post) -> str:
    """The stem of every notice about this hold; a new hold of the same post is another."""
    since = post.held_at or post.hidden_at or post.changed_at
    return f"hold:{post.pk}:{int(since.timestamp())}"


def _still_open(notice: object) -> bool:
    pk = int(str(notice.key).split(":")[1])  # type: ignore[attr-defined]
    return Post.objects.filter(pk=pk, state__in=("held", "hidden")).exists()
