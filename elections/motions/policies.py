"""Who may do what with a motion. Pure, but where it says how many queries it takes."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.policies import acts_in_office
from elections.models import Motion, MotionWords
from elections.motions.lifecycle import MotionState, Part, WordsState
from elections.policies import may_see_polls
from people.decisions import YES, Decision, no

MOST_OPEN_OF_ONE = 3


def may_see_votes(membership: Membership) -> Decision:
    """The page of all votes: members who take part, and staff, who find there what they may vote on."""
    if membership.kind == Kind.STAFF and membership.state == State.ACTIVE:
        return YES
    return may_see_polls(membership)


def may_propose(membership: Membership, about: Membership | None = None) -> Decision:
    """Any member who takes part, but nobody about themselves: one's own case is for others (domain, section 4.3)."""
    if not (part := may_see_polls(membership)):
        return part
    if about is not None and about.pk == membership.pk:
        return no(_("This would be about yourself. Somebody else can propose it."))
    return YES


def may_withdraw(membership: Membership, motion: Motion) -> Decision:
    """Its proposer, in any state but left, until the vote closes."""
    if motion.proposed_by_id != membership.pk:
        return no(_("Only whoever proposed it can take it back."))
    return YES if motion.is_open else no(_("This has been decided already."))


def may_write_words(membership: Membership, motion: Motion, part: Part, words: MotionWords | None) -> Decision:
    """Until the vote closes: the one it is about, their own words beside it, also changed; its proposer, theirs, only
    where they came back from somebody who looked, so that nobody finds other words than they voted on."""
    writer = motion.about_id if part == Part.OWN else motion.proposed_by_id
    if writer != membership.pk:
        return no(_("Only the one whose words these are can write them."))
    if not motion.is_open:
        return no(_("The vote is over, so nothing can be added any more."))
    if part == Part.WHY and (words is None or words.state != WordsState.RETURNED):
        return no(_("Others may have read this already, so it can't be changed. You can take the proposal back."))
    return YES


def may_look(membership: Membership, words: MotionWords, now: datetime) -> Decision:
    """One of the Top Three in office, with the second step given; never on their own words, nor beside a motion that
    they propose or that is about them (domain, section 4.3), nor on those of somebody they are kept apart from: why,
    nobody is told (section 8). Two queries."""
    if concerns(membership, words) or words.by_id in apart_from(membership, now):
        return no(_("This one is not yours to look at. Somebody else of you does."))
    return acts_in_office(membership, now)


def concerns(membership: Membership, words: MotionWords) -> bool:
    """Whether the words, or the motion that they stand beside, are somebody's own."""
    return membership.pk in {words.by_id, words.motion.about_id, words.motion.proposed_by_id}


def may_read_words(membership: Membership, words: MotionWords) -> Decision:
    """What is shown: whoever may read the motion. Held or returned: its writer; those in office read it where they look
    at it, with the second step given (`may_look`). No query."""
    if words.state == WordsState.SHOWN or words.by_id == membership.pk:
        return YES
    return no(_("These words are not shown."))


def has_begun(motion: Motion, now: datetime) -> bool:
    """Whether its vote should be open by now, by the database's clock."""
    return motion.state == MotionState.TALKING and motion.opens_at <= now
