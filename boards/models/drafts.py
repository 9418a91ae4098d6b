"""What somebody is writing and has not sent: theirs alone, sealed, kept for 30 days after it was last saved."""

import json
from dataclasses import asdict, dataclass

from django.db import models
from django.db.models import Q

from boards.models.posts import Post, Thread
from communities.models import Membership
from people import sealing

LONGEST_COVER = 60


@dataclass(frozen=True)
class DraftWords:
    """The words of a form as they were typed, whole or not: a draft may lack a title, or anything else."""

    title: str = ""
    text: str = ""
    cover: str = ""

    @property
    def are_none(self) -> bool:
        """Whether there is nothing but white space."""
        return not (self.title + self.text + self.cover).strip()

    def go_on_from(self, earlier: "DraftWords") -> bool:
        """Whether nothing of the earlier words is missing here: only the text has grown at its end."""
        same_head = (earlier.title or self.title, earlier.cover or self.cover) == (self.title, self.cover)
        return same_head and self.text.startswith(earlier.text)


class Draft(models.Model):
    """One piece of writing that is not sent. Its words are sealed under a key outside the database (ADR 0015).

    It belongs to a new thread, to a reply in `thread`, or to the change of a `post`. `form_key` is the form's own
    and goes with it from page to page; `page_key` is the page that saved last, `attempt` that page's count of saves.
    """

    # No index of their own: the rows of one membership are few and found by its forms.
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="drafts", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="drafts", db_index=False)
    # Of the post that is being changed: the version its writer had before them.
    seen_version = models.PositiveIntegerField(null=True)
    form_key = models.UUIDField()
    page_key = models.UUIDField(null=True)
    attempt = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    sealed = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "form_key"], name="boards_a_draft_a_form"),
            models.CheckConstraint(
                name="boards_a_draft_has_one_place", condition=Q(thread__isnull=True) | Q(post__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="boards_drafts_by_age")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def words(self) -> DraftWords:
        """What was typed; nothing where the key it was sealed under is gone."""
        plain = sealing.unseal(_purpose(self.membership_id), self.sealed)
        return DraftWords(**json.loads(plain)) if plain else DraftWords()

    @words.setter
    def words(self, words: DraftWords) -> None:
        self.sealed = sealing.seal(_purpose(self.membership_id), json.dumps(asdict(words)))


def _purpose(membership_id: int) -> str:
    # A key for each member: a sealed text put into somebody else's row can't be opened there.
    return f"draft {membership_id}"
