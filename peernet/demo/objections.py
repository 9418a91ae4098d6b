"""What members of the demo say against decisions, what comes of it, and a kind word about a post that stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import clock
from boards.lifecycle import State
from boards.models import Post
from communities.models import Membership
from moderation.lifecycle import Hearing, ObjectionState, Reason, Verb
from moderation.models import Objection
from moderation.services import decide, hear, object_to
from moderation.services.deciding import Seen
from peernet.demo.story import Happening
from people.decisions import Sitting

STANDS = (
    "Thorn, I was not one of the two, and I have read it three times. It stays down: it would hurt people on a bad "
    "night. Being angry with us is allowed. Come and be angry at the meeting, and we will listen."
)
A_WORD = (
    "Clover, this can stay, and I know you mean well. Could you leave out where people live, next time? "
    "Somebody may not want to be found."
)


def events(slug: str, members: dict[str, Membership], start: datetime) -> Iterator[Happening]:
    """What happens at Fellside; nothing at Riverside."""
    if slug != "fellside":
        return
    story = _Story(members)
    yield start - timedelta(days=10, hours=12), 31, story.thorn_objects
    yield start - timedelta(days=10, hours=8), 31, story.wren_hears_it
    yield start - timedelta(days=2), 31, story.a_word_to_clover
    yield start - timedelta(hours=2), 31, story.clover_objects


class _Story:
    def __init__(self, members: dict[str, Membership]) -> None:
        self.members = members

    def acting(self, key: str) -> Membership:
        member = self.members[key]
        member.sitting = Sitting(second_factor_at=clock.now())
        return member

    def thorn_objects(self) -> None:
        self._object("thorn", State.REMOVED, "You take down what you do not like. I only said what everybody thinks.")

    def wren_hears_it(self) -> None:
        # Where too few were in office at that time, it waits for the meeting instead.
        for row in Objection.objects.filter(by=self.members["thorn"], state=ObjectionState.OPEN):
            hear(objection=row, by=self.acting("wren"), verdict=Hearing.LET_STAND, words=STANDS)

    def a_word_to_clover(self) -> None:
        post = Post.objects.on_board(clock.now()).filter(author=self.members["clover"]).order_by("pk").last()
        if post is not None:
            seen = Seen(version=post.version, state=post.state)
            by = self.acting("juniper")
            if post.thread.author_id != by.pk:
                decide(post=post, verb=Verb.WARN, by=by, seen=seen, reason=Reason.PRIVATE, words=A_WORD)

    def clover_objects(self) -> None:
        self._object("clover", State.HIDDEN, "i said might. i miss her, thats all. i would take the suitcase bit out")

    def _object(self, key: str, state: str, words: str) -> None:
        post = Post.objects.filter(author=self.members[key], state=state).order_by("pk").last()
        if post is not None:
            object_to(case=post.ref, by=self.members[key], words=words)
