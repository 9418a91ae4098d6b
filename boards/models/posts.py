"""Threads, posts and their versions."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from boards.lifecycle import AWAITING_DECISION, LEFT_A_PLACE, State
from communities.models import Community, Membership


def committed_words(title: str, text: str, cover: str = "") -> str:
    """What the record's commitment to a version is made of. Without a cover as it was before there were covers."""
    # No text holds a NUL (forms and databases refuse it), so one text can't pass for another with a cover.
    return f"{title}\n{text}\0{cover}" if cover else f"{title}\n{text}"


class ThreadQuerySet(models.QuerySet["Thread"]):
    def shown_to(self, membership: Membership, now: datetime) -> Self:
        """Threads of the member's community whose opening post has come to the board."""
        return self.filter(community_id=membership.community_id, shown_from__lte=now)


class Thread(models.Model):
    """A conversation. It has no title of its own: that is its opening post's, which may still wait or be hidden.

    The four fields after the author are a tally of what is on the board, made anew from the posts (boards.tally).
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="threads")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="threads")
    # When the opening post comes (or came) to the board; none while it is held, and for good if it never came.
    shown_from = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
    shown_posts = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    # When the others were asked in, as two people had written only to each other (domain, section 2); none otherwise.
    others_asked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["community", "-latest_at", "-id"],
                condition=Q(shown_from__isnull=False),
                name="boards_threads_by_latest",
            ),
            models.Index(
                fields=["community", "shown_from"],
                condition=Q(shown_from__isnull=False, answered_at__isnull=True),
                name="boards_threads_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"


class PostQuerySet(models.QuerySet["Post"]):
    def on_board(self, now: datetime) -> Self:
        """Accepted, and past the end of the pause."""
        return self.filter(state=State.ACCEPTED, visible_at__lte=now)

    def with_a_place(self, now: datetime) -> Self:
        """On the board, or gone from a place it had there."""
        return self.filter(state__in=(State.ACCEPTED, *LEFT_A_PLACE), visible_at__lte=now)

    def waiting(self, membership: Membership, now: datetime) -> Self:
        """The member's own posts that others can't read yet: in their pause or held."""
        pause = Q(state=State.ACCEPTED, visible_at__gt=now)
        return self.filter(pause | Q(state=State.HELD), author=membership)


class Post(models.Model):
    """One post, at any moment in exactly one state. `visible_at` is when others can (or could) read it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="posts")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="posts")
    is_opening = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)  # rendered once, at writing
    # In its author's words what it is about, where it is to lie covered until somebody taps.
    cover = models.CharField(max_length=60, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    pause_ends_at = models.DateTimeField()
    visible_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    # Once held, it belongs to the verbatim log and is not erased by time alone.
    was_held = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(default=0)
    # Of the form and the words in it: the same form sent twice is one post.
    form_key = models.UUIDField()
    # The page it was sent from: what that page saves late is no draft any more.
    page_key = models.UUIDField(null=True)
    # Whether the thread's tally has counted it.
    tallied = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Self]] = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="boards_a_form_once"),
            models.UniqueConstraint(fields=["thread"], condition=Q(is_opening=True), name="boards_one_opening_post"),
            models.CheckConstraint(
                name="boards_visible_if_accepted",
                condition=Q(state__in=[State.ACCEPTED, State.HIDDEN], visible_at__isnull=False)
                | Q(state__in=[State.HELD, State.RETURNED, State.TAKEN_BACK], visible_at__isnull=True)
                | Q(state__in=[State.REMOVED, State.ERASED]),
            ),
            models.CheckConstraint(
                name="boards_held_since", condition=~Q(state=State.HELD) | Q(held_at__isnull=False, was_held=True)
            ),
            models.CheckConstraint(
                name="boards_hidden_since", condition=~Q(state=State.HIDDEN) | Q(hidden_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "visible_at", "id"], name="boards_posts_in_order"),
            models.Index(
                fields=["community", "visible_at"],
                condition=Q(state=State.ACCEPTED, tallied=False),
                name="boards_posts_to_tally",
            ),
            # What came to the board of a community lately, for pages that follow it (boards.queries.feed).
            models.Index(
                fields=["community", "visible_at"], condition=Q(visible_at__isnull=False), name="boards_posts_to_appear"
            ),
            models.Index(fields=["author", "state"], name="boards_posts_of_author"),
            models.Index(
                fields=["author", "page_key"], condition=Q(page_key__isnull=False), name="boards_posts_by_their_page"
            ),
            models.Index(
                fields=["community", "state"], condition=Q(state__in=AWAITING_DECISION), name="boards_posts_to_decide"
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this post."""
        return f"post:{self.pk}"


class PostVersion(models.Model):
    """The words of a post as they were sent, each time. The record holds only `commitment`; erasing blanks the rest."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    cover = models.CharField(max_length=60, blank=True, default="", db_default="")
    commitment = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    # What said that a person should look: [{"rule", "reason", "urgency", "phrase"}]; shown to the Top Three.
    findings = models.JSONField(default=list)
    was_held = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="boards_a_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of post {self.post_id}"


class Explanation(models.Model):
    """What a decision about a post says to its author: what, why and by whom, by role (domain, section 4.11)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="explanations")
    verb = models.CharField(max_length=20)
    reason = models.CharField(max_length=100, blank=True)  # in plain words
    words = models.TextField(blank=True)
    by_role = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verb} of post {self.post_id}"
