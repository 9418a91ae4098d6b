"""What meetings offer staff for their day."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Membership
from communities.staff_day import Line, Part
from meetings.lifecycle import ItemState, MeetingKind
from meetings.models import CommunityMeeting
from meetings.timing import OPEN_FOR, OPENS_UNTIL, is_open, is_overdue

# The pack of a meeting that is further away can wait.
PACKS_AHEAD = timedelta(days=7)


def parts(membership: Membership, now: datetime) -> list[Part]:
    """Packs of the meetings that come. For staff of the community."""
    return [_packs(membership, now)]


def _packs(membership: Membership, now: datetime) -> Part:
    """Community meetings of the week ahead and how much waits on the agenda. One query."""
    slug = membership.community.slug
    coming = CommunityMeeting.objects.coming().filter(
        community=membership.community_id,
        starts_at__gt=now - OPENS_UNTIL - OPEN_FOR,
        starts_at__lt=now + PACKS_AHEAD,
    )
    waiting = Count("community__agenda", filter=Q(community__agenda__state=ItemState.WAITING))
    rows = [row for row in coming.annotate(waiting=waiting) if not is_overdue(row, now)]
    return Part(
        key="packs",
        title=_("Community meetings of this week"),
        lines=tuple(_pack(row, slug, now) for row in rows),
        empty=_("No community meeting this week."),
        href=reverse("meetings:next", args=[slug]),
        label=_("Meetings and the agenda"),
    )


def _pack(row: CommunityMeeting, slug: str, now: datetime) -> Line:
    number = int(getattr(row, "waiting", 0))
    waits = ngettext("%(n)s thing on the agenda", "%(n)s things on the agenda", number) % {"n": number}
    more = (waits, _("open now")) if is_open(row, now) else (waits,)
    title = _("Special meeting") if row.kind == MeetingKind.SPECIAL else _("Community meeting")
    return Line(title, href=reverse("meetings:one", args=[slug, row.pk]), at=row.starts_at, more=more)
