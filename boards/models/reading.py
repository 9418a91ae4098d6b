"""How far each member has read, and what they have muted for themselves: rows that nobody else ever meets."""

from django.db import models
from django.db.models import Q

from boards.models.posts import Thread
from communities.models import Membership

LONGEST_WORD = 40


class Reading(models.Model):
    """Everything up to this time counts as read by this member. Without a row: up to when they joined."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    everything_to = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of {self.membership_id}"


class ReadMark(models.Model):
    """How far a member has read in one thread: a place in its order (visible_at, id). It never goes back."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, db_index=False, related_name="+")
    at = models.DateTimeField()
    # Half of a place, not a tie to a post: what is erased later leaves the mark as it is.
    post_pk = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "thread"], name="boards_a_mark_once")]

    def __str__(self) -> str:
        return f"mark of {self.membership_id} in {self.thread_id}"


class Mute(models.Model):
    """A person, a thread or a word that one member does not want to meet. Nobody else is told (domain, section 9)."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="mutes")
    person = models.ForeignKey(Membership, on_delete=models.CASCADE, null=True, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, db_index=False, related_name="+")
    word = models.CharField(max_length=LONGEST_WORD, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="boards_mutes_one_thing",
                condition=Q(person__isnull=False, thread__isnull=True, word="")
                | Q(person__isnull=True, thread__isnull=False, word="")
                | (Q(person__isnull=True, thread__isnull=True) & ~Q(word="")),
            ),
            models.UniqueConstraint(
                fields=["membership", "person"], condition=Q(person__isnull=False), name="boards_mutes_person_once"
            ),
            models.UniqueConstraint(
                fields=["membership", "thread"], condition=Q(thread__isnull=False), name="boards_mutes_thread_once"
            ),
            models.UniqueConstraint(
                fields=["membership", "word"], condition=~Q(word=""), name="boards_mutes_word_once"
            ),
        ]

    def __str__(self) -> str:
        return f"mute {self.pk}"
