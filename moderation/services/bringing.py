"""Bringing words of the log to the community meeting, as a copy (domain, section 7)."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.apart import apart_from
from communities.keeping_apart import may_be_the_two
from communities.models import Membership
from communities.queries import lock_membership
from meetings.models import AgendaItem
from meetings.services import propose_copy, second_copy
from moderation.policies import may_moderate
from moderation.queries.log import access_versions
from people.decisions import Refused, require


@transaction.atomic
def bring_copy(
    *, by: Membership, versions: Collection[int], title: str, why: str, names_out: str, form_key: UUID
) -> AgendaItem:
    """Bring these versions of posts to the next meeting. One of the Top Three in office who reads them in the log.

    Others' posts wait for a second and for their authors (meetings.services.propose_copy). Nobody brings the words of
    somebody they are in conflict with. Raises `Refused`, Http404 for what the log does not show them, ValidationError.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_moderate(member, now))
    found = access_versions(member, versions, now)
    _check_no_conflict(member, [version.post.author for version in found])
    return propose_copy(by=member, versions=found, title=title, why=why, names_out=names_out, form_key=form_key)


@transaction.atomic
def join_copy(*, item: AgendaItem, by: Membership) -> AgendaItem:
    """Be the second of two who bring a copy. As `meetings.services.second_copy`, and nobody in conflict. `Refused`."""
    member = lock_membership(by)
    require(may_be_the_two(member, item.by_id, clock.now()))
    pieces = item.copy.pieces.select_related("author")
    _check_no_conflict(member, [piece.author for piece in pieces])
    return second_copy(item=item, by=member)


def _check_no_conflict(member: Membership, authors: Collection[Membership]) -> None:
    apart = apart_from(member, clock.now())
    if any(author.pk in apart for author in authors):
        # Why is said to nobody (domain, section 8).
        raise Refused(_("One of these is not yours to bring. Others of you can."))
