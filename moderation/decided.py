"""What moderation decided, for the numbers on "How we run this place": kinds of decisions, never about what or whom."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.decided import Source, register
from moderation.lifecycle import ObjectionState, ReportState, Verb
from moderation.models import Objection, PostDecision, Report, Suspension

VERBS: dict[str, Any] = {
    Verb.RELEASE: _("Held posts that could appear"),
    Verb.RETURN: _("Posts given back to their authors"),
    Verb.HIDE: _("Posts hidden for a while"),
    Verb.PUT_BACK: _("Posts put back"),
    Verb.REMOVE: _("Posts taken off the board by two"),
    Verb.WARN: _("Kind words about a rule"),
}
OBJECTIONS: dict[str, Any] = {
    ObjectionState.UNDONE: _("Objections after which the decision was undone"),
    ObjectionState.STANDS: _("Objections after which the decision stood"),
    ObjectionState.SETTLED: _("Objections that the community meeting settled"),
}
REPORTS: dict[str, Any] = {
    ReportState.LEFT: _("Reports looked at, and left as it was"),
    ReportState.ACTED: _("Reports after which something was done"),
}


def register_all() -> None:
    """Add what moderation counts; called once, as the site starts."""
    done = Q(lapsed_at=None) & (Q(needs_two=False) | Q(seconded_at__isnull=False))
    register(
        "posts",
        Source(
            rows=lambda community: PostDecision.objects.filter(done, post__community=community).annotate(
                done_at=Coalesce("seconded_at", "at")
            ),
            at="done_at",
            kind="verb",
            words=VERBS,
        ),
    )
    register(
        "reports",
        Source(
            rows=lambda community: Report.objects.filter(community=community),
            at="decided_at",
            kind="state",
            words=REPORTS,
        ),
    )
    register(
        "objections",
        Source(
            rows=lambda community: Objection.objects.filter(community=community),
            at="heard_at",
            kind="state",
            words=OBJECTIONS,
        ),
    )
    register(
        "suspensions",
        Source(
            rows=lambda community: Suspension.objects.filter(membership__community=community),
            at="starts_at",
            words={"": _("Suspensions that began")},
        ),
    )
