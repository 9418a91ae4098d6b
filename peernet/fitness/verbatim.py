"""The verbatim log and the record side by side: the words and decisions that stand are those that were recorded.

The record is sealed but holds no words; the log holds the words but no seal. Only together do they show that nobody
with the database in hand has put words into a member's mouth, or a decision into somebody's name (domain, 4.12).
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import F

from audit.commitments import matches
from audit.models import Entry
from boards.lifecycle import State
from boards.models import PostVersion, committed_words
from moderation.models import PostDecision

Facts = dict[str, Any]
A_FEW = 2000


def _recorded(holding: str) -> Iterator[tuple[Entry, Facts]]:
    entries = Entry.objects.filter(subject__startswith="post:", facts__contains=f'"{holding}":')
    for entry in entries.order_by("pk").iterator(chunk_size=A_FEW):
        try:
            facts = json.loads(entry.facts)
        except ValueError:  # its seal says so already
            continue
        if isinstance(facts, dict):
            yield entry, facts


def words_are_those_recorded() -> Iterator[str]:
    """Every version of a post against what the record holds of it; and what is shown against the last version."""
    sent = {(entry.subject, facts.get("version")): facts["text"] for entry, facts in _recorded("text")}
    for row in PostVersion.objects.order_by("pk").iterator(chunk_size=A_FEW):
        known = sent.pop((f"post:{row.post_id}", row.number), None)
        whole = bool(row.erased_at) or _holds(row)
        if known != row.commitment or not whole:
            yield f"The log: version {row.number} of post {row.post_id} is not what was sent."
    for subject, number in sent:
        yield f"The log: version {number} of {subject.replace(':', ' ')} is missing."
    last = PostVersion.objects.filter(number=F("post__version"), erased_at=None).exclude(post__state=State.ERASED)
    for row in last.exclude(text=F("post__text"), title=F("post__title"), cover=F("post__cover")).order_by("pk"):
        yield f"The log: post {row.post_id} shows other words than its last version."


def _holds(row: PostVersion) -> bool:
    try:
        return matches(committed_words(row.title, row.text, row.cover), commitment=row.commitment, salt=row.salt)
    except ValueError:  # a salt that is none
        return False


def decisions_are_those_recorded() -> Iterator[str]:
    """Every decision against its entry: what, why, on which version, by whom, and with whom."""
    taken = {
        (entry.subject, entry.verb, facts.get("version"), facts.get("reason"), facts["first"], entry.actor)
        for entry, facts in _recorded("first")
    }
    for row in PostDecision.objects.order_by("pk").iterator(chunk_size=A_FEW):
        first, second = f"membership:{row.by_id}", f"membership:{row.seconded_by_id}"
        verb = row.verb.replace("_", " ")
        steps = {(f"propose {verb}" if row.needs_two else verb, first)}
        if row.seconded_by_id:
            steps.add((verb, second))
        entries = {(f"post:{row.post_id}", said, row.version, row.reason, first, actor) for said, actor in steps}
        if not entries <= taken:
            yield f"The log: decision {row.pk} is not what was decided."
        taken -= entries
    for subject, verb, *_rest in sorted(taken, key=str):
        yield f"The log: a decision on {subject.replace(':', ' ')} ({verb}) is missing."
