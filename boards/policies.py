"""Who may read and write on the board (domain, section 5). Pure: the rows they ask about are passed in."""

from datetime import datetime

from django.utils.translation import gettext as _

from boards.lifecycle import State
from boards.models import Post
from communities.lifecycle import Kind, SuspendedFrom
from communities.lifecycle import State as Standing
from communities.models import Membership
from people.decisions import YES, Decision, no


def may_read_board(membership: Membership) -> Decision:
    """Active members read the board. Staff do not, unless the community asks them in."""
    if membership.kind == Kind.MEMBER and membership.state == Standing.ACTIVE:
        return YES
    return no(_("The board is for active members."))


def may_write(membership: Membership, *, board_is_open: bool) -> Decision:
    """Active members write, once two who can decide are active."""
    if not (readable := may_read_board(membership)):
        return readable
    if not board_is_open:
        return no(_("The board opens for writing when two people who can look after it are here."))
    return YES


def may_see_own_waiting(membership: Membership) -> Decision:
    """One's own waiting, held and returned posts: also when away or suspended from the board, not from everything."""
    if membership.kind == Kind.MEMBER and membership.state != Standing.PROSPECTIVE:
        return YES
    return no(_("You have no posts here."))


def is_in_its_pause(post: Post, now: datetime) -> bool:
    """Accepted, and nobody else can read it yet."""
    return post.state == State.ACCEPTED and post.visible_at is not None and post.visible_at > now


def may_change(membership: Membership, post: Post, now: datetime) -> Decision:
    """Its author may change a post in its pause or while held; a returned one is changed by sending it again."""
    if post.author_id != membership.pk or not may_read_board(membership):
        return no(_("Only its author can change a post."))
    if is_in_its_pause(post, now) or post.state in {State.HELD, State.RETURNED}:
        return YES
    return no(_("Others can read this post now, so it can't be changed any more."))


def may_take_back(membership: Membership, post: Post, now: datetime) -> Decision:
    """Its author may take a waiting post back, also when suspended: it is theirs alone until others read it."""
    if post.author_id != membership.pk:
        return no(_("Only its author can take a post back."))
    if is_in_its_pause(post, now) or post.state in {State.HELD, State.RETURNED}:
        return YES
    return no(_("Others can read this post now, so it can't be taken back any more."))


def is_shut_out(membership: Membership) -> bool:
    """Suspended from everything: one's own plan, contacts, letters and objection are what remains."""
    return membership.suspended_from == SuspendedFrom.EVERYTHING
