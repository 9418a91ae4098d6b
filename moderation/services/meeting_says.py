"""What the community meeting said about a post that too few could decide on; it takes effect as it is written down."""

from datetime import datetime

from boards.lifecycle import State
from boards.models import Post
from boards.notifications import hold_key
from boards.queries import lock_post
from boards.services import apply_decision, explain
from meetings.lifecycle import Outcome
from meetings.models import AgendaItem
from moderation import cases
from moderation.lifecycle import Reason, Verb
from moderation.models import PostDecision
from moderation.roles import meeting
from moderation.services.answering import close_reports_on
from moderation.services.closing_objections import undone_by_others
from notices.services import withdraw

APPEARS = {State.HELD: Verb.RELEASE, State.HIDDEN: Verb.PUT_BACK}
STAYS_OFF = {State.HELD: Verb.RETURN, State.HIDDEN: Verb.REMOVE}


def meeting_decided(item: AgendaItem, now: datetime) -> None:
    """Let the post stand, or keep it off the board, as everybody decided; once. Its author is told.

    Called in the transaction that writes the outcome down. Nothing where it was decided on meanwhile.
    """
    number = cases.number_of(item.ref) or 0
    if item.outcome_by is None or not Post.objects.filter(pk=number, community_id=item.community_id).exists():
        return
    post = lock_post(number)
    verb = (APPEARS if item.outcome == Outcome.CHANGED else STAYS_OFF).get(State(post.state))
    if verb is None:
        return
    PostDecision.objects.filter(post=post, needs_two=True, seconded_at=None, lapsed_at=None).update(lapsed_at=now)
    PostDecision.objects.create(
        post=post, version=post.version, verb=verb, reason=Reason.MEETING, by=item.outcome_by, at=now
    )
    withdraw(key_prefix=hold_key(post), now=now)
    apply_decision(post=post, verb=verb, now=now)
    close_reports_on(post=post, by=item.outcome_by, verb=verb, now=now)
    if verb in APPEARS.values():
        undone_by_others(ref=post.ref, by=item.outcome_by, now=now)
    why = str(Reason.MEETING.label)
    explain(post=post, verb=verb, reason=why, words=item.outcome_words, by_role=meeting(), now=now)
