"""The page of local life: pieces of information that members keep, and everything that was done to each."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from communities.models import Community, Membership
from meetings.lifecycle.local import LocalDone, LocalKind, LocalState

LONGEST_NAME, LONGEST_WORDS, LONGEST_TIMES, LONGEST_PHONE, LONGEST_WEB = 80, 1000, 200, 30, 300


class LocalQuerySet(models.QuerySet["LocalPiece"]):
    def shown(self) -> Self:
        """Those that stand on the page."""
        return self.filter(state=LocalState.SHOWN)


class LocalText(models.Model):
    """What a piece says. Plain words: nothing in them is read as formatting or as an address."""

    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    words = models.TextField(blank=True)
    phone = models.CharField(max_length=LONGEST_PHONE, blank=True)
    web = models.URLField(max_length=LONGEST_WEB, blank=True)
    times = models.CharField(max_length=LONGEST_TIMES, blank=True)

    class Meta:
        abstract = True


class LocalPiece(LocalText):
    """One piece of information as it is now. `edition` counts its texts; `checked_on` is a day in London.

    Its words are the community's, like those of its rules: they stay when whoever wrote them leaves.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="local_pieces")
    kind = models.CharField(max_length=8, choices=LocalKind.choices)
    state = models.CharField(max_length=10, choices=LocalState.choices, default=LocalState.SHOWN)
    edition = models.PositiveIntegerField(default=1)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # What screening says of its words: how soon a person should look (0 to 2). It is on the page all the same.
    urgency = models.PositiveSmallIntegerField(default=0)
    # Of the form it came by: sent twice it is one piece.
    form_key = models.UUIDField()

    objects: ClassVar[models.Manager[Self]] = LocalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["made_by", "form_key"], name="meetings_a_piece_a_form")]
        indexes = [
            models.Index(
                fields=["community", "checked_on"], condition=Q(state=LocalState.SHOWN), name="meetings_local_checked"
            )
        ]

    def __str__(self) -> str:
        return f"local piece {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: not a word of it."""
        return f"local:{self.pk}"


class LocalChange(LocalText):
    """One thing that was done to a piece, only ever added to; where it was written or changed, with that text.

    `gone_at`: its words were taken away for good, because they should never have stood there or their writer asked.
    """

    piece = models.ForeignKey(LocalPiece, on_delete=models.PROTECT, related_name="changes")
    edition = models.PositiveIntegerField()
    done = models.CharField(max_length=10, choices=LocalDone.choices)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "edition"],
                condition=Q(done__in=[LocalDone.WRITTEN, LocalDone.CHANGED]),
                name="meetings_an_edition_once",
            )
        ]

    def __str__(self) -> str:
        return f"change of local piece {self.piece_id}"
