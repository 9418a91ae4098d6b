"""Who reads the page of local life, and who keeps it."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import HERE, SuspendedFrom
from communities.models import Membership
from communities.policies import acts_in_office, is_staff_here, takes_part
from meetings.models.local import LocalChange, LocalPiece
from people.decisions import YES, Decision, no


def may_read_local(membership: Membership) -> Decision:
    """Everybody who belongs here, staff too, but those suspended from everything. No query.

    Also whoever is away or new: what is near one's home may be of use to them most.
    """
    if membership.is_staff:
        return is_staff_here(membership)
    if membership.state in HERE and membership.suspended_from != SuspendedFrom.EVERYTHING:
        return YES
    return no(_("This page is closed to you for now."))


def may_keep_local(membership: Membership) -> Decision:
    """Write, change, look over: active members, also suspended from the board only. No query."""
    if takes_part(membership):
        return YES
    return no(_("Members keep this page."))


def may_change_piece(membership: Membership, piece: LocalPiece) -> Decision:
    """Change one piece: whoever keeps the page it stands on. No query."""
    if piece.community_id != membership.community_id:
        return no(_("There is no such thing here."))
    return may_keep_local(membership)


def may_take_words_away(membership: Membership, change: LocalChange, now: datetime) -> Decision:
    """Take an earlier text out of a piece's history for good: the Top Three in office. One query."""
    if change.piece.community_id != membership.community_id:
        return no(_("There is no such thing here."))
    return acts_in_office(membership, now)
