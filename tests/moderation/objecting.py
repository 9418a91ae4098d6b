"""Short ways for the tests of objections, of stepping aside and of what the community meeting says."""

from boards.models import Post
from communities.models import Membership
from meetings.lifecycle import MeetingState, Outcome
from meetings.models import AgendaItem
from meetings.services import note_outcome
from moderation.lifecycle import Hearing
from moderation.models import Objection
from moderation.services import hear, object_to, step_aside
from tests.cast import sitting_now
from tests.meetings.making import a_meeting


def objected(post: Post, words: str = "It was meant kindly.") -> Objection:
    """The post's author objects to what was decided about it."""
    return object_to(case=post.ref, by=post.author, words=words)


def heard(objection: Objection, by: Membership, verdict: str = "undo", words: str = "") -> Objection:
    """Hear it, with the second step given."""
    return hear(objection=objection, by=sitting_now(by), verdict=Hearing(verdict), words=words)


def leaves(post: Post, *people: Membership) -> None:
    """These say that it is not theirs to decide."""
    for member in people:
        step_aside(post=post, by=sitting_now(member))


def item_about(ref: str) -> AgendaItem | None:
    """What stands on an agenda about this."""
    return AgendaItem.objects.waiting().filter(ref=ref).first()


def meeting_says(ref: str, by: Membership, outcome: Outcome, words: str = "We talked.") -> AgendaItem:
    """A meeting opens, comes to this, and somebody writes down what it said."""
    item = item_about(ref)
    assert item is not None
    item.meeting = a_meeting(by.community, by, state=MeetingState.OPEN)
    item.save(update_fields=["meeting"])
    return note_outcome(item=item, by=sitting_now(by), outcome=outcome, words=words)


def now_of(objection: Objection) -> Objection:
    """The objection as the database has it now."""
    return Objection.objects.get(pk=objection.pk)
