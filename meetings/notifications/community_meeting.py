"""What people are told about meetings: never what they are about."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.notifications import may_still_decide
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import HERE
from communities.models import Membership, as_active
from communities.queries import deciders
from meetings.models import AgendaItem, CommunityMeeting, CopiedPost
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each

GROUP = kinds.Group(
    "meetings", _("Community meetings"), _("One was called or moved, or has talked about something of yours.")
)


def register_all() -> None:
    """Make the kinds of notices known; called once, as the site starts."""
    kinds.register_group(GROUP)
    kinds.register(
        "meeting_called",
        _("A meeting of your community was called, moved or called off. Here is when."),
        still_wanted=_belongs,
        group=GROUP.name,
    )
    kinds.register("item_done", _("A meeting has talked about something that you brought."), _belongs, group=GROUP.name)
    kinds.register(
        "copy_asked",
        _("Somebody would like to bring one of your posts to a meeting. You can say yes or no."),
        still_wanted=_belongs,
        group="own_posts",
    )
    kinds.register(
        "copy_second",
        _("One of you wants to bring posts to a meeting. It needs a second person."),
        still_wanted=may_still_decide,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=may_still_decide,
    )


def _belongs(notice: Notice) -> bool:
    return Membership.objects.filter(pk=int(notice.key.rpartition(":")[2]), state__in=HERE).exists()


def tell_of_meeting(meeting: CommunityMeeting, now: datetime) -> None:
    """Tell everybody who may come that a meeting was called, moved or called off. Three queries."""
    members = Membership.objects.filter(as_active(), community=meeting.community_id).select_related("person")
    path = reverse("meetings:one", args=[meeting.community.slug, meeting.pk])
    keys = {f"meeting:{meeting.pk}:{now.isoformat()}:{member.pk}": member.person for member in members}
    tell_each(people=keys, kind="meeting_called", path=path, now=now)


def tell_bringer(item: AgendaItem, now: datetime) -> None:
    """Tell whoever brought an item that it has been talked about."""
    if item.by is None or item.meeting is None:
        return
    path = reverse("meetings:one", args=[item.community.slug, item.meeting.pk])
    tell(person=item.by.person, kind="item_done", key=f"item:{item.pk}:{item.by_id}", path=path, now=now)


def ask_authors(pieces: list[CopiedPost], now: datetime) -> None:
    """Tell the authors of copied posts, before anybody else can read the copy."""
    for piece in pieces:
        path = reverse("meetings:own_copy", args=[piece.author.community.slug, piece.pk])
        key = f"{copy_key(piece.copy.item)}:asked:{piece.pk}:{piece.author_id}"
        tell(person=piece.author.person, kind="copy_asked", key=key, path=path, now=now)


def ask_second(item: AgendaItem, now: datetime) -> None:
    """Ask the others in office to join in bringing a copy, or not."""
    path = reverse("meetings:copy", args=[item.community.slug, item.pk])
    for member in deciders(item.community, now).select_related("person"):
        if member.pk == item.by_id:
            continue
        key = f"{copy_key(item)}:second:{member.pk}"
        tell(person=member.person, kind="copy_second", key=key, path=path, now=now)


def copy_key(item: AgendaItem) -> str:
    """The stem of every notice about a copy that is being prepared."""
    return f"copy:{item.pk}"
