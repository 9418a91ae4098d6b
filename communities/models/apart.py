"""Two people who are kept apart, because one of them asked for it (domain, section 8)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import APART_OPEN, ApartSays, ApartState
from communities.models.members import Community, Membership


class KeepApartQuerySet(models.QuerySet["KeepApart"]):
    def in_force(self) -> Self:
        """Those that hold now."""
        return self.filter(state=ApartState.IN_FORCE)


class KeepApart(models.Model):
    """`asker` no longer meets what `other` writes, and the two are never paired. `other` is never told.

    Nothing that `other` could read says anything of it: no page, no notice, no export, no line of the record.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="apart_from")
    other = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # Its asker; or one of the Top Three whom they told of it.
    begun_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=ApartState.choices, default=ApartState.ASKED)
    asked_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    # Declined, or ended.
    closed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Self]] = KeepApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="communities_apart_from_another", condition=~Q(asker=F("other"))),
            models.UniqueConstraint(
                fields=["asker", "other"], condition=Q(state__in=sorted(APART_OPEN)), name="communities_apart_once"
            ),
            models.CheckConstraint(
                name="communities_apart_whole",
                condition=Q(state=ApartState.ASKED, since__isnull=True, closed_at__isnull=True)
                | Q(state=ApartState.IN_FORCE, since__isnull=False, closed_at__isnull=True)
                | Q(state__in=[ApartState.DECLINED, ApartState.ENDED], closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"apart {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: neither of the two, nor a word of it."""
        return f"apart:{self.pk}"


class ApartVoice(models.Model):
    """What one of those who decide says to it. Two that say the same decide: of the Top Three, or one with staff."""

    apart = models.ForeignKey(KeepApart, on_delete=models.PROTECT, related_name="voices")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=3, choices=ApartSays.choices)
    # To the one who asked, if two say the same.
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["apart", "by"], name="communities_apart_voice_each")]
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"voice on {self.apart_id}"
