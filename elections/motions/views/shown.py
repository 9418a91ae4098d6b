"""A motion as its pages show it, for one reader."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from boards.queries import openings_on_board
from communities.models import Membership
from elections.models import Elector, Motion, MotionWords
from elections.motions.lifecycle import MotionState, Part, WordsState
from elections.motions.policies import concerns, may_read_words, may_withdraw, may_write_words
from elections.motions.queries import staff_here
from elections.motions.saying import counted, effects, facts, question_of
from elections.policies import may_see_polls
from elections.queries import elector_of


@dataclass(frozen=True)
class MotionRow:
    """One motion in a list. `line`: the reader's own line of its roll."""

    motion: Motion
    question: str
    line: Elector | None = None

    @property
    def may_vote_now(self) -> bool:
        return self.line is not None and not self.line.has_voted and self.motion.state == MotionState.VOTING


def row_of(motion: Motion, line: Elector | None = None) -> MotionRow:
    """A motion for a list. No query: words and poll came with it."""
    return MotionRow(motion, question_of(motion, motion.words.all()), line)


@dataclass(frozen=True)
class WordsShown:
    """Words beside a motion (or their place), and what this reader may do with them."""

    part: Part
    words: MotionWords | None
    may_read: bool
    may_look: bool
    may_write: bool

    @property
    def waits(self) -> bool:
        return self.words is not None and self.words.state == WordsState.HELD

    @property
    def came_back(self) -> bool:
        return self.words is not None and self.words.state == WordsState.RETURNED


def words_shown(words: MotionWords | None, part: Part, motion: Motion, reader: Membership) -> WordsShown:
    """What a reader sees of words, and may do with them. No query."""
    if words is not None:
        words.motion = motion
    return WordsShown(
        part=part,
        words=words,
        may_read=words is not None and bool(may_read_words(reader, words)),
        may_look=words is not None
        and reader.decides
        and not concerns(reader, words)
        and words.state in _CAN_BE_LOOKED_AT,
        may_write=bool(may_write_words(reader, motion, part, words)),
    )


_CAN_BE_LOOKED_AT = frozenset({WordsState.HELD, WordsState.SHOWN})


def motion_shown(motion: Motion, membership: Membership, now: datetime) -> dict[str, Any]:
    """Everything that the page of a motion shows. At most four queries beside the motion's own."""
    words = {row.part: row for row in motion.words.all()}
    staff = staff_here(membership, motion.asks["staff"]) if motion.asks.get("staff") else []
    thread = (
        openings_on_board([motion.asks["thread"]], now).get(motion.asks["thread"], "")
        if motion.asks.get("thread")
        else ""
    )
    line = elector_of(motion.poll, membership) if motion.poll else None
    return {
        "motion": motion,
        "question": question_of(motion, words.values()),
        "facts": facts(motion, counted(motion)),
        "effects": effects(motion, staff, thread),
        "why": words_shown(words.get(Part.WHY), Part.WHY, motion, membership),
        "own": words_shown(words.get(Part.OWN), Part.OWN, motion, membership),
        "is_about_me": motion.about_id == membership.pk,
        "is_mine": motion.proposed_by_id == membership.pk,
        "line": line,
        "may_withdraw": may_withdraw(membership, motion),
        "poll_url": _poll_url(motion, membership, line),
        "now": now,
        "page_kind": "votes",
    }


def _poll_url(motion: Motion, membership: Membership, line: Elector | None) -> str:
    if motion.poll is None or not (may_see_polls(membership) or line):
        return ""
    return reverse("elections:poll", args=[membership.community.slug, motion.poll.pk])
