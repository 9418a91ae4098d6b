"""What moderation offers staff for their day: what waits until one of them has seen it, and where they are asked in."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.live.counts import register_staff_count
from communities.models import Membership
from communities.staff_day import Line, Part
from moderation.lifecycle import StaffKind
from moderation.models import StaffNotice
from moderation.queries.for_staff import waiting_for_staff

MOST_LINES = 5


def register_all() -> None:
    """Count what waits in the menu of staff; called once, as the site starts."""
    register_staff_count("staff", lambda now: StaffNotice.objects.open(), "made_at")


def parts(membership: Membership, now: datetime) -> list[Part]:
    """What waits for staff here: of a danger notice only that there is one. Never anything of the board. One query."""
    rows = waiting_for_staff(membership)
    page = reverse("moderation:staff", args=[membership.community.slug])
    lines = [_line(row, page) for row in rows[:MOST_LINES]]
    if rest := len(rows) - len(lines):
        more = ngettext("%(n)s more thing waits", "%(n)s more things wait", rest) % {"n": rest}
        lines.append(Line(more, href=page))
    return [
        Part(
            key="notices",
            title=_("What waits for staff"),
            lines=tuple(lines),
            empty=_("Nothing waits."),
            href=page,
            label=_("All that waits for staff"),
        )
    ]


def _line(row: StaffNotice, page: str) -> Line:
    if row.kind == StaffKind.DANGER:
        return Line(_("A danger notice"), href=page, at=row.made_at, is_urgent=True)
    if row.kind == StaffKind.HOLD:
        return Line(_("A post waits, and nobody has looked"), href=page, at=row.made_at)
    assert row.event is not None
    return Line(str(row.event.get_kind_display()), href=page, at=row.made_at, more=(str(row.event.get_need_display()),))
