"""The words beside a motion: written by its proposer and by the one it is about, screened like a post, and looked at by
one of the Top Three where a person should (domain, sections 4.6 and 6; safety checks, 6.5)."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards.holds import findings_for, urgency_of
from communities.models import Membership
from communities.queries import lock_membership, rules_of
from elections.models import Motion, MotionWords
from elections.motions.asking import LONGEST_TITLE, LONGEST_WORDS
from elections.motions.lifecycle import WORDS_STEPS, Part, WordsState
from elections.motions.notifications import forget_asking, tell_those_who_look, tell_writer
from elections.motions.policies import may_look, may_write_words
from elections.motions.queries import lock_motion, lock_words
from people.decisions import Conflict, require
from people.transitions import target


def put_beside(motion: Motion, part: Part, by: Membership, written: Mapping[str, str], now: datetime) -> MotionWords:
    """Store the words somebody wrote beside a motion, anew where there were some. Held, those who look are told.

    Called by services that have authorised `by`, in their transaction.
    """
    findings = findings_for(
        author=by,
        thread=None,
        title=written.get("title", ""),
        text="\n".join(filter(None, (written.get("questions", ""), written["text"]))),
        rules=rules_of(by.community),
        now=now,
    )
    words = MotionWords.objects.filter(motion=motion, part=part).first()
    if words is None:
        words = MotionWords(motion=motion, part=part, version=0, state=WordsState.RETURNED)
    else:
        forget_asking(words, now)
    words.by, words.written_at, words.version = by, now, words.version + 1
    words.title, words.questions = written.get("title", ""), written.get("questions", "")
    words.text, words.findings, words.urgency = written["text"], findings, urgency_of(findings)
    words.answer, words.looked_by, words.looked_at = "", None, None
    said = _("This has changed meanwhile. Please look again.")
    words.state = target(WORDS_STEPS, "write_held" if findings else "write_shown", words.state, said=said)
    words.save()
    if words.state == WordsState.HELD:
        tell_those_who_look(words, now)
    return words


@transaction.atomic
def write_words(*, motion: Motion, part: Part, by: Membership, written: Mapping[str, str]) -> MotionWords:
    """Write words of one's own beside a motion, or write anew those that came back.

    The one it is about, their own, until the vote closes, in every state but left; its proposer, theirs, only where
    they came back. Raises `Refused`, ValidationError for words that are too long or none.
    """
    member = lock_membership(by)
    if motion.community_id != member.community_id:
        raise Http404
    row = lock_motion(motion.pk)
    now = clock.now()
    before = MotionWords.objects.filter(motion=row, part=part).first()
    require(may_write_words(member, row, part, before))
    _check(written)
    if before is not None and part == Part.WHY:
        # A title and questions that came back with the words stay unless they were written anew.
        written = {"title": before.title, "questions": before.questions, **written}
    words = put_beside(row, part, member, written, now)
    facts = {"part": part.value, "state": words.state}
    record(
        chain=row.community.chain, verb="write beside motion", actor=member.ref, subject=row.ref, at=now, facts=facts
    )
    return words


def _check(written: Mapping[str, str]) -> None:
    if not written.get("text", "").strip():
        raise ValidationError({"words": _("Please write something first.")})
    if len(written["text"]) > LONGEST_WORDS or len(written.get("title", "")) > LONGEST_TITLE:
        raise ValidationError({"words": _("Please make it shorter: 4,000 letters at most.")})


def erase_words(membership: Membership, until: datetime) -> None:
    """Blank what a member wrote beside motions until a time; that they wrote stays. Called as their posts are erased.

    The reason of a rule that was voted into force is the community's by then, and stays with the rule.
    """
    written = MotionWords.objects.filter(by=membership, written_at__lte=until)
    written.update(title="", questions="", text="", answer="", findings=[])


@transaction.atomic
def look_at_words(*, words: MotionWords, by: Membership, verb: str, seen: int, answer: str = "") -> None:
    """Let others read words that wait ("release"), or give them back to who wrote them ("return"), also once shown.

    One of the Top Three in office, not on their own words nor in their own case; `seen`: the version that was read.
    Its writer is told. Raises `Refused`, ValidationError, `Conflict` where they were written anew or looked at
    meanwhile.
    """
    member = lock_membership(by)
    if words.motion.community_id != member.community_id:
        raise Http404
    row = lock_words(words.pk)
    now = clock.now()
    require(may_look(member, row, now))
    said = _("These words have changed meanwhile, or somebody else has looked. Please look again.")
    if row.version != seen:
        raise Conflict(said)
    if len(answer) > LONGEST_WORDS:
        raise ValidationError({"words": _("Please make it shorter: 4,000 letters at most.")})
    row.state = target(WORDS_STEPS, verb, row.state, said=said)
    row.looked_by, row.looked_at, row.answer = member, now, answer
    row.save(update_fields=["state", "looked_by", "looked_at", "answer"])
    tell_writer(row, now)
    facts = {"part": row.part, "state": row.state, "version": row.version}
    record(
        chain=member.community.chain,
        verb="look at motion words",
        actor=member.ref,
        subject=row.ref,
        at=now,
        facts=facts,
    )
