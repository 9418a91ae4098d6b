"""One's own drafts: nobody else has a door to them."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from boards.models import Draft, Post, Thread
from communities.models import Membership


def draft_for(
    membership: Membership, *, thread: Thread | None = None, post: Post | None = None, pk: int | None = None
) -> Draft | None:
    """What the member was writing last at this place (a new thread without either), or the draft asked for. One query.

    Never raises: a draft that has gone meanwhile is no reason to keep anybody from writing.
    """
    if thread is not None and not getattr(thread, "begun", True):
        return None  # its door has looked already
    drafts = Draft.objects.filter(membership=membership, thread=thread, post=post)
    if pk is not None:
        drafts = drafts.filter(pk=pk)
    return drafts.order_by("-saved_at", "-pk").first()


def begun_by(membership_id: int) -> Exists:
    """For a query of threads: whether the member has a draft in each (as `begun`). No query of its own."""
    return Exists(Draft.objects.filter(membership_id=membership_id, thread=OuterRef("pk")))


def drafts_of(membership: Membership) -> list[Draft]:
    """Everything the member has begun and not sent, the latest first. One query. Also for the export of one's own."""
    drafts = Draft.objects.filter(membership=membership).select_related("thread", "post")
    return list(drafts.order_by("-saved_at", "-pk"))


def access_draft(membership: Membership, pk: int) -> Draft:
    """One's own draft. Raises Http404 for anybody else's."""
    return get_object_or_404(Draft.objects.select_related("thread", "post"), pk=pk, membership=membership)


def was_sent_from(membership: Membership, page_key: UUID) -> bool:
    """Whether a post of the member's was sent from this page. One query."""
    return Post.objects.filter(author=membership, page_key=page_key).exists()
