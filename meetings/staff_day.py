"""What meetings offer staff for their day."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Membership
from communities.staff_day import Line, Part
from meetings.lifecycle import ItemState, MeetingKind
from meetings.lifecycle.attendance import AbsenceState
from meetings.models import AbsenceCase, CommunityMeeting, Session
from meetings.queries.staff_day import not_seen, sessions_of_the_day
from meetings.timing import OPEN_FOR, OPENS_UNTIL, is_open, is_overdue

# The pack of a meeting that is further away can wait.
PACKS_AHEAD = timedelta(days=7)
MOST_LINES = 8


def parts(membership: Membership, now: datetime) -> list[Part]:
    """Today's sessions, registers to take, packs, letters on their way and people to reach out to. Three queries.

    For staff of the community; who has not been seen is told from attendance alone, never from the board.
    """
    today, waiting = sessions_of_the_day(membership, now)
    slug, cases = membership.community.slug, not_seen(membership, now)
    return [_sessions(today, slug), _registers(waiting, slug), _packs(membership, now), *_people(cases, slug, now)]


def _sessions(today: list[Session], slug: str) -> Part:
    return Part(
        key="sessions",
        title=_("Today’s sessions"),
        lines=tuple(_session(row, slug) for row in today),
        empty=_("No session today."),
        href=reverse("meetings:timetable", args=[slug]),
        label=_("The timetable"),
    )


def _session(row: Session, slug: str) -> Line:
    where = row.venue.name if row.venue else row.place
    off = str(row.get_change_display()) if not row.takes_place else ""
    more = tuple(each for each in (where, off) if each)
    return Line(row.title, href=reverse("meetings:session", args=[slug, row.pk]), at=row.starts_at, more=more)


def _registers(waiting: list[Session], slug: str) -> Part:
    lines = [
        Line(row.title, href=reverse("meetings:register", args=[slug, row.pk]), at=row.starts_at)
        for row in waiting[:MOST_LINES]
    ]
    if rest := len(waiting) - len(lines):
        more = ngettext("%(n)s more register", "%(n)s more registers", rest) % {"n": rest}
        lines.append(Line(more, href=reverse("meetings:registers", args=[slug])))
    return Part(
        key="registers",
        title=_("Registers to take"),
        lines=tuple(lines),
        empty=_("Every register is taken."),
        href=reverse("meetings:registers", args=[slug]) if waiting else "",
        label=_("All that wait"),
    )


def _people(cases: list[AbsenceCase], slug: str, now: datetime) -> list[Part]:
    """Letters that have not reached anybody, and people who may need a hand: from attendance only."""
    on_their_way = [case for case in cases if case.state == AbsenceState.SENT]
    others = [case for case in cases if case.state != AbsenceState.SENT]
    page, label = reverse("meetings:group_letters", args=[slug]), _("The group’s letters")
    letters = Part(
        key="letters",
        title=_("Letters that have not reached anybody yet"),
        lines=tuple(_letter(case, slug, now) for case in on_their_way),
        empty=_("None."),
        href=page if on_their_way else "",
        label=label,
    )
    outreach = Part(
        key="outreach",
        title=_("People we have not seen"),
        lines=tuple(_letter(case, slug, now) for case in others),
        empty=_("Nobody, as far as the registers say."),
        href=page if others else "",
        label=label,
    )
    return [letters, outreach]


def _letter(case: AbsenceCase, slug: str, now: datetime) -> Line:
    name = case.membership.display_name
    said = _("the letter: %(state)s") % {"state": case.get_state_display()}
    if case.state == AbsenceState.ANSWERED:
        said = _("they ask you to ring")
    elif case.is_overdue(now):
        said = _("the time to answer is over")
    rings = case.state == AbsenceState.ANSWERED
    return Line(name, href=reverse("meetings:group_letter", args=[slug, case.pk]), more=(said,), is_urgent=rings)


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
