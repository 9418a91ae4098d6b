"""What somebody is to be told. Rows first: the queue may lose a hint, never a row."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices import kinds


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: models.Model, now: datetime) -> "NoticeQuerySet":
        """Those this person can see now: due, and not taken back."""
        return self.filter(person=person, withdrawn_at=None, due_at__lte=now)

    def unseen(self) -> "NoticeQuerySet":
        """Neither opened nor taken back, due or not."""
        return self.filter(seen_at=None, withdrawn_at=None)

    def older_than(self, place: tuple[datetime, int] | None) -> "NoticeQuerySet":
        """Those after this place in a list that has the newest first."""
        if place is None:
            return self
        at, pk = place
        return self.filter(Q(due_at__lt=at) | Q(due_at=at, pk__lt=pk))


class Notice(models.Model):
    """One thing one person is told. It points at a page and never holds a word of what is there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    # The same thing told twice is told once.
    key = models.CharField(max_length=200, unique=True)
    path = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Whether its person's phones are still to be given their part, once it is due. False by the database's own
    # default: what the release before tells while both run is not pushed late.
    to_push = models.BooleanField(default=True, db_default=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-due_at", "-id"], name="notices_of_a_person"),
            models.Index(
                fields=["person", "path"], condition=Q(seen_at=None, withdrawn_at=None), name="notices_unseen_of_a_page"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(to_push=True), name="notices_to_push"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="notice_path_is_ours"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def community(self) -> str:
        """The address word of the community whose page it points at; "" for a page of no community."""
        return self.path.removeprefix("/c/").partition("/")[0]

    @property
    def sentence(self) -> str:
        """What this kind of notice says in the site."""
        return str(kinds.get(self.kind).sentence)

    @property
    def words_id(self) -> str:
        """The id of that sentence in a page, for the button beside it to refer to."""
        return f"notice-{self.pk}"
