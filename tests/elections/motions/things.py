"""Something at each address of motions, for the walk through every address."""

from datetime import timedelta
from uuid import uuid4

import clock
from communities.models import Membership
from elections.models import Motion, MotionWords

MOTIONS = frozenset(
    f"elections:{name}"
    for name in (
        "votes",
        "propose",
        "propose_rule",
        "propose_one_rule",
        "propose_one",
        "motion",
        "withdraw_motion",
        "motion_words",
        "look_at_words",
    )
)

# One motion of a kind about somebody may be open at a time.
KIND_AT = {
    "elections:withdraw_motion": "recall",
    "elections:motion_words": "return",
    "elections:look_at_words": "admission",
}


def motion_things(name: str, by: Membership, about: Membership) -> dict[str, object]:
    """What the address needs beside its community: a motion by somebody, with words that wait."""
    if name == "elections:propose_one":
        return {"kind": "free"}
    if name == "elections:propose_one_rule":
        return {"key": "pause_day_minutes"}
    if name.rpartition(":")[2] in {"votes", "propose", "propose_rule"}:
        return {}
    motion = a_motion(by, about, kind=KIND_AT.get(name, "suspension"))
    part = {"elections:motion_words": {"part": "own"}, "elections:look_at_words": {"part": "why"}}
    return {"pk": motion.pk} | part.get(name, {})


def a_motion(by: Membership, about: Membership, kind: str = "suspension") -> Motion:
    """A motion put there without asking the services."""
    now = clock.now()
    motion = Motion.objects.create(
        community=by.community,
        kind=kind,
        proposed_by=by,
        proposed_at=now,
        about=about,
        asks={"from": "board", "weeks": 2},
        opens_at=now + timedelta(days=3),
        form_key=uuid4(),
    )
    MotionWords.objects.create(motion=motion, part="why", by=by, state="held", text="Some words", written_at=now)
    return motion
