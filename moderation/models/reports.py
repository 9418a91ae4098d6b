"""Reports, by whoever is worried."""

from django.db import models
from django.db.models import F, Q

from boards.models import Post
from communities.models import Community, Membership
from moderation.lifecycle import AnswerReason, Readers, ReportState, Worry


class Report(models.Model):
    """Somebody's worry about a post or a person. `about` is that person, or the post's author: never its reader.

    Its own words are read by those whom the form named (`read_by`) and by nobody else.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reports")
    about = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="reports")
    reason = models.CharField(max_length=20, choices=Worry.choices)
    words = models.TextField(blank=True)
    read_by = models.CharField(max_length=10, choices=Readers.choices)
    urgency = models.PositiveSmallIntegerField(default=0)
    # Of the form and the words in it: the same form sent twice is one report.
    form_key = models.UUIDField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=ReportState.choices, default=ReportState.OPEN)
    answer_reason = models.CharField(max_length=20, choices=AnswerReason.choices, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "form_key"], name="moderation_a_report_once"),
            models.CheckConstraint(name="moderation_not_about_oneself", condition=~Q(by=F("about"))),
            models.CheckConstraint(
                name="moderation_report_decided_whole",
                condition=Q(state=ReportState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | Q(state=ReportState.GONE, decided_by__isnull=True, decided_at__isnull=False)
                | Q(
                    state__in=[ReportState.LEFT, ReportState.ACTED],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="moderation_report_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("about")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "about", "post"],
                condition=Q(state=ReportState.OPEN),
                name="moderation_open_reports",
            ),
            models.Index(fields=["by", "made_at"], name="moderation_reports_of_one"),
        ]

    # Whoever is kept apart from one of the two, by membership; asked once by `moderation.readers`, never stored.
    kept_out: frozenset[int] | None = None

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this report: neither what it is about nor a word of it."""
        return f"report:{self.pk}"
