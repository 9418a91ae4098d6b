"""Who may read and write on the board (domain, section 5). Pure: the rows they ask about are passed in."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from boards.lifecycle import State
from boards.models import Post
from communities.lifecycle import Kind
from communities.lifecycle import State as Standing
from communities.models import Membership
from communities.policies import acts_as_staff, is_staff_here
from people.decisions import YES, Decision, no

# A text that was never held and was taken back or changed is its author's alone, and goes after this (domain, 6).
KEPT_FOR_AUTHOR = timedelta(days=30)
# A held post that was taken back stays readable to those who decide.
READABLE_WHEN_TAKEN_BACK = timedelta(hours=72)


def may_read_board(membership: Membership) -> Decision:
    """Active members read the board. Staff do not, unless the community asks them in."""
    if membership.kind == Kind.MEMBER and membership.state == Standing.ACTIVE:
        return YES
    return no(_("The board is for active members."))


def may_look_as_asked(membership: Membership, now: datetime) -> Decision:
    """Whether this is staff who may act now: what the community asked them to read is a row (queries.inviting).

    With the second step given within 12 hours (safety checks, 1.9). No query.
    """
    return acts_as_staff(membership, now)


def may_see_who_looked(membership: Membership) -> Decision:
    """That staff were asked in, and when they looked: active members, and staff about themselves and each other."""
    return YES if is_staff_here(membership) else may_read_board(membership)


def may_write(membership: Membership, *, board_is_open: bool) -> Decision:
    """Active members write, once two who can decide are active."""
    if not (readable := may_read_board(membership)):
        return readable
    if not board_is_open:
        return no(_("The board opens for writing when two people who can look after it are here."))
    return YES


def may_mute_author(membership: Membership, post: Post) -> Decision:
    """Active members mute anybody of their own community for themselves, but not themselves."""
    if not (readable := may_read_board(membership)):
        return readable
    if post.author_id == membership.pk or post.community_id != membership.community_id:
        return no(_("You can mute other people here, not yourself."))
    return YES


def may_keep_drafts(membership: Membership) -> Decision:
    """Active members; also while the board is not open for writing, as nothing is sent. Others read those they have."""
    return may_read_board(membership)


def may_see_own_waiting(membership: Membership) -> Decision:
    """One's own waiting, held and returned posts: also when away or suspended (domain, section 5)."""
    if membership.kind == Kind.MEMBER and membership.state != Standing.PROSPECTIVE:
        return YES
    return no(_("You have no posts here."))


def may_erase_own(membership: Membership) -> Decision:
    """Everybody about themselves, also after leaving and while suspended: in every state but died (domain, 6)."""
    if membership.state == Standing.DIED:
        return no(_("This can't be done any more."))
    return YES


def is_in_its_pause(post: Post, now: datetime) -> bool:
    """Accepted, and nobody else can read it yet."""
    return post.state == State.ACCEPTED and post.visible_at is not None and post.visible_at > now


def is_author(membership: Membership, post: Post) -> Decision:
    """One's own post; what stands in anybody else's is not even told apart from a post that is missing."""
    return YES if post.author_id == membership.pk else no(_("Only its author can do this."))


def may_change(membership: Membership, post: Post, now: datetime) -> Decision:
    """Its author may change a post in its pause or while held; a returned one is changed by sending it again."""
    return _may_still(membership, post, now)


def may_take_back(membership: Membership, post: Post, now: datetime) -> Decision:
    """Its author, while an active member, may take a waiting or returned post back (domain, section 5)."""
    return _may_still(membership, post, now)


def _may_still(membership: Membership, post: Post, now: datetime) -> Decision:
    if not (own := is_author(membership, post)):
        return own
    if not (active := may_read_board(membership)):
        return active
    if is_in_its_pause(post, now) or post.state in {State.HELD, State.RETURNED}:
        return YES
    if post.state == State.ACCEPTED:
        return no(_("Others can read this post now, so it can't be changed or taken back any more."))
    return no(_("This post can't be changed or taken back any more."))
