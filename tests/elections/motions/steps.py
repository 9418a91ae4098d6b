"""Short ways for the tests of motions: propose, let time go on, vote, and read what came of it."""

from datetime import timedelta
from uuid import uuid4

from time_machine import TimeMachineFixture

from communities.models import Membership
from elections.models import Motion, Poll
from elections.motions.asking import Asked
from elections.motions.lifecycle import MotionKind
from elections.motions.services import happen_due, open_due, propose_motion
from elections.services import cast_vote, close_due
from tests.cast import Cast

YES, NO, OTHERS = 0, 1, 2


def asked(kind: str, **more: object) -> Asked:
    """A proposal of this kind, with words unless it brings some."""
    fields: dict = {"kind": MotionKind(kind), "form_key": uuid4(), "words": "It would help us all.", **more}
    if kind == "free" and "title" not in fields:
        fields["title"] = "A walk each Friday"
    if "about" in fields and isinstance(fields["about"], Membership):
        fields["about"] = (fields["about"],)
    return Asked(**fields)


def proposed(by: Membership, kind: str = "free", **more: object) -> Motion:
    """A motion as it was just proposed."""
    return fresh(propose_motion(by=by, asked=asked(kind, **more)))


def fresh(motion: Motion) -> Motion:
    return Motion.objects.select_related("community", "about", "poll", "proposed_by").get(pk=motion.pk)


class Votes:
    """Lets a motion go its way; the test's time must stand still."""

    def __init__(self, cast: Cast, time: TimeMachineFixture) -> None:
        self.cast, self.time = cast, time

    def opened(self, motion: Motion) -> Motion:
        """The time to talk it over has passed."""
        self.time.shift(timedelta(days=3, seconds=1))
        open_due()
        return fresh(motion)

    def voted(self, motion: Motion, yes: int = 0, no: int = 0, others: int = 0) -> None:
        """So many on the roll say so, in no order."""
        poll = Poll.objects.get(pk=motion.poll_id)
        voters = [line.membership for line in poll.roll.select_related("membership__community").order_by("pk")]
        said = [YES] * yes + [NO] * no + [OTHERS] * others
        for voter, choice in zip(voters, said, strict=False):
            cast_vote(poll=poll, by=voter, choices=[choice])

    def closed(self, motion: Motion) -> Motion:
        """The vote has closed and is counted."""
        self.time.shift(timedelta(days=7, seconds=1))
        assert close_due() >= 1
        happen_due()
        return fresh(motion)

    def through(self, motion: Motion, yes: int = 0, no: int = 0, others: int = 0) -> Motion:
        """From its proposal to its end."""
        row = fresh(motion)
        if row.poll_id is None:
            row = self.opened(row)
        self.voted(row, yes, no, others)
        return self.closed(row)
