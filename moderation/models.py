"""Decisions on posts, by one or by one and then another; and reports, by whoever is worried."""

from django.db import models
from django.db.models import F, Q

from boards.models import Post
from communities.models import Community, Membership
from moderation.lifecycle import AnswerReason, Readers, Reason, ReportState, Verb, Worry


class PostDecision(models.Model):
    """One decision on one version of a post. With `needs_two` it stands open until another of the Top Three joins.

    At most one stands open on a post; it lapses when the post is decided otherwise or changed.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=10, choices=Verb.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    needs_two = models.BooleanField(default=False)
    seconded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_seconded_whole",
                condition=Q(seconded_by__isnull=True, seconded_at__isnull=True)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False, needs_two=True, lapsed_at__isnull=True),
            ),
            models.CheckConstraint(name="moderation_two_people", condition=~Q(by=F("seconded_by"))),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(needs_two=True, seconded_at__isnull=True, lapsed_at__isnull=True),
                name="moderation_one_open_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} of post {self.post_id}"


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

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this report: neither what it is about nor a word of it."""
        return f"report:{self.pk}"
