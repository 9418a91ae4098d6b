"""Reports: what one may report, one's own, and what somebody is asked to look at. Doors: a miss is a 404."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404

from boards.lifecycle import State
from boards.models import Post
from boards.policies import may_read_board
from communities.entry import or_404
from communities.lifecycle import HERE, Kind
from communities.lifecycle import State as Standing
from communities.models import Membership
from communities.policies import may_see_people
from moderation.lifecycle import Readers, ReportState
from moderation.models import Report
from moderation.policies import may_report, may_report_person
from moderation.readers import Offices, Reading, is_among, learn_kept_out, may_read_words, of_report, supervises

# What still stands where others see it, or stood there a moment ago: whoever has its page open may press the link.
REPORTABLE = (State.ACCEPTED, State.HIDDEN, State.REMOVED)
MOST_SHOWN = 500


def access_reportable(membership: Membership, pk: int, now: datetime) -> Post:
    """A post by somebody else that this member could read on the board, gone meanwhile or not. Raises Http404."""
    or_404(may_report(membership))
    or_404(may_read_board(membership))
    posts = Post.objects.filter(community_id=membership.community_id, state__in=REPORTABLE, visible_at__lte=now)
    return get_object_or_404(posts.exclude(author=membership).select_related("author", "community"), pk=pk)


def access_reportable_person(membership: Membership, pk: int, offices: Offices) -> Membership:
    """Somebody else here whom this member may report. Raises Http404."""
    here = Membership.objects.filter(community_id=membership.community_id, state__in=HERE)
    other = get_object_or_404(here.select_related("community", "person"), pk=pk)
    or_404(may_report_person(membership, other, offices))
    return other


def reportable_people(membership: Membership, offices: Offices) -> list[Membership]:
    """Whom this member may report, by name: who is here, or only those who look after the place. One query."""
    or_404(may_report(membership))
    here = Membership.objects.filter(community_id=membership.community_id, state__in=HERE).exclude(pk=membership.pk)
    if not may_see_people(membership):
        here = here.filter(pk__in=[member for member in offices if supervises(offices, member)])
    return list(here.order_by("kind", "display_name"))


def own_reports(membership: Membership) -> list[Report]:
    """What this member has reported, the latest first. One query."""
    mine = Report.objects.filter(by=membership).select_related("about", "post")
    return list(mine.order_by("-made_at", "-pk")[:50])


def own_open_reports(membership: Membership, about: Membership, post: Post | None) -> list[Report]:
    """What one has said about this very thing already, and waits; the latest first. One query."""
    mine = Report.objects.filter(by=membership, about=about, post=post, state=ReportState.OPEN)
    return list(mine.order_by("-made_at", "-pk")[:5])


def access_own_report(membership: Membership, pk: int) -> Report:
    """One's own report with its answer. Raises Http404 for anybody else's."""
    or_404(may_report(membership))
    return get_object_or_404(Report.objects.filter(by=membership).select_related("about", "post", "community"), pk=pk)


@dataclass(frozen=True)
class Reported:
    """One thing that was reported, with the reports on it that this reader may look at, the oldest first."""

    reports: list[Report]

    @property
    def first(self) -> Report:
        return self.reports[0]

    @property
    def last(self) -> Report:
        return self.reports[-1]

    @property
    def people(self) -> int:
        """How many people reported it."""
        return len({report.by_id for report in self.reports})

    @property
    def urgency(self) -> int:
        return max(report.urgency for report in self.reports)


def reported(membership: Membership, offices: Offices) -> list[Reported]:
    """What waits for this member to look at, danger first, then the longest waiting; one row for each thing.

    Whoever it is about, whoever made it, and whoever is kept apart from one of them, has no row of it. However much one
    person reports, nobody else's report is lost behind it: everybody's most urgent come before anybody's next. Two
    queries.
    """
    waiting = Report.objects.filter(community_id=membership.community_id, state=ReportState.OPEN)
    turn = Window(RowNumber(), partition_by="by_id", order_by=("-urgency", "pk"))
    rows = waiting.select_related("about", "by", "post").annotate(turn=turn).order_by("turn", "pk")[:MOST_SHOWN]
    in_order = sorted(rows, key=lambda row: row.pk)
    learn_kept_out(in_order)
    mine = [row for row in in_order if is_among(membership, of_report(offices, row), row)]
    return sorted(grouped(mine), key=lambda row: (-row.urgency, row.first.pk))


def grouped(reports: Iterable[Report]) -> list[Reported]:
    """Reports in the order they were made, put together by what they are about."""
    things: dict[tuple[int, int | None], list[Report]] = {}
    for report in reports:
        things.setdefault((report.about_id, report.post_id), []).append(report)
    return [Reported(rows) for rows in things.values()]


def access_report(membership: Membership, pk: int) -> Report:
    """A report of the member's community, for a page that asks a policy next. Raises Http404."""
    reports = Report.objects.filter(community_id=membership.community_id)
    return get_object_or_404(reports.select_related("about", "by", "post", "community", "decided_by"), pk=pk)


def same_thing(report: Report) -> QuerySet[Report]:
    """Every report on what this one is about, the oldest first."""
    on_it = Report.objects.filter(about_id=report.about_id).order_by("pk")
    return on_it.filter(post_id=report.post_id) if report.post_id else on_it.filter(post=None)


def lock_open(report: Report) -> list[Report]:
    """The open reports on this thing, locked. In a transaction, after a post's lock and before the record's."""
    rows = same_thing(report).filter(state=ReportState.OPEN).select_for_update(of=("self",))
    found = list(rows.select_related("by__person", "about", "community"))
    learn_kept_out(found)
    return found


def shown_to(membership: Membership, offices: Offices, report: Report) -> list[tuple[Report, bool]]:
    """The reports on one thing that this reader may look at, each with whether its words are for them. Two queries."""
    rows = list(same_thing(report).select_related("by", "decided_by"))
    learn_kept_out(rows)
    mine = (row for row in rows if is_among(membership, of_report(offices, row), row))
    return [(row, may_read_words(membership, offices, row)) for row in mine]


def reports_on(post: Post, membership: Membership, offices: Offices) -> list[tuple[Report, bool]]:
    """The open reports on a post that this reader may look at, for the page where it is decided. Two queries."""
    rows = list(Report.objects.filter(post=post, state=ReportState.OPEN).select_related("by").order_by("pk"))
    learn_kept_out(rows)
    mine = (row for row in rows if is_among(membership, of_report(offices, row), row))
    return [(row, may_read_words(membership, offices, row)) for row in mine]


def readers_of(reading: Reading, about: Membership) -> list[Membership]:
    """Those who read a report, by name. One query."""
    here = Membership.objects.filter(community_id=about.community_id, state=Standing.ACTIVE).exclude(pk=about.pk)
    if reading.readers == Readers.STAFF:
        return list(here.filter(kind=Kind.STAFF).order_by("display_name"))
    return list(here.filter(pk__in=reading.people).order_by("display_name"))


def post_for(membership: Membership, report: Report, now: datetime) -> Post | None:
    """The reported post, for a reader who may read it: one who decides, or an alternate as an active member.

    None for staff, who see no board (domain, section 4.4), and for a post whose words are gone. No query.
    """
    post = report.post
    if post is None or not may_read_board(membership):
        return None
    standing = post.state == State.ACCEPTED and post.visible_at is not None and post.visible_at <= now
    taken_off = post.state in {State.HIDDEN, State.REMOVED}
    return post if standing or (taken_off and membership.decides) else None
