"""The erasure list: a chain of the record that is also kept in a file, line by line, outside the database.

What was erased must be erased again when an older backup is put back (safety checks 2.8): then the file knows more
than the database. It holds numbers, times and seals, never a word or a name. Nothing is erased before its line is on
the disk: the entry is committed, then written out, then the words go.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from audit import erasure_file, seals
from audit.models import Chain, Entry
from audit.services import record

CHAIN = "erasures"
Replay = Callable[["Line"], None]

_replays: dict[str, Replay] = {}


class ListAmiss(Exception):
    """The list is not as it was written, or belongs to another database; a person has to look. Says which line."""


class Line(NamedTuple):
    """One line of the list: an entry of the record, whole, so that it can be put back as it was."""

    number: int
    at: str
    verb: str
    actor: str
    subject: str
    facts: str
    before: str
    key_id: str
    seal: str

    @property
    def told(self) -> dict[str, Any]:
        """What the line says beside its subject."""
        return json.loads(self.facts)


def register(verb: str, replay: Replay) -> None:
    """Say how an erasing of this kind is done again; each app its own, as the site starts. It must bear being run
    twice, and must do nothing where `fits` says that the row is another one by the same number."""
    _replays[verb] = replay


def note(*, verb: str, subject: str, at: datetime, facts: dict[str, Any]) -> None:
    """Put an erasing on the list, in the transaction of its reason. Called by services; the words go afterwards."""
    if verb not in _replays:
        raise ValueError(f"nobody knows how to do this again: {verb}")
    record(chain=CHAIN, verb=verb, actor="site", subject=subject, at=at, facts=facts)


def mark(what: str) -> str:
    """Return a sign by which a row is known again, also when its number has been given twice (two backups)."""
    return _mark(seals.keys()[seals.sealing_key_id()], what)


def fits(sign: str, what: str) -> bool:
    """Tell whether a sign on the list was made for this very row, under any key of this installation."""
    return any(hmac.compare_digest(sign, _mark(key, what)) for key in seals.keys().values())


def _mark(key: bytes, what: str) -> str:
    return hmac.new(key, b"peernet erasure mark\0" + what.encode(), hashlib.sha256).hexdigest()[:16]


def write_out(path: Path) -> int:
    """Bring the file up to the database and onto the disk; return how many lines were added.

    Called before anything is erased. Raises `ListAmiss` where the file knows more than the database (a backup was put
    back and the list not yet gone through) or is another database's, OSError where nothing can be written.
    """
    with erasure_file.held(path) as file:
        last = file.last()
        _check_same_history(last)
        start = last["number"] if last else 0
        new = Entry.objects.filter(chain=CHAIN, number__gt=start).order_by("number")
        return file.add(json.dumps(_line(entry)._asdict()) for entry in new.iterator(chunk_size=1000))


def _check_same_history(last: dict[str, Any] | None) -> None:
    if last is None:
        return
    there = Entry.objects.filter(chain=CHAIN, number=last["number"]).first()
    if there is None:
        raise ListAmiss("the list knows more than the database: a backup was put back")
    if there.seal != last["seal"]:
        raise ListAmiss(f"line {last['number']} is not this database's")


def _line(entry: Entry) -> Line:
    at = seals.in_seals(entry.at)
    return Line(
        entry.number, at, entry.verb, entry.actor, entry.subject, entry.facts, entry.before, entry.key_id, entry.seal
    )


def is_ahead(path: Path) -> bool:
    """Whether the file knows of erasings that this database does not: it was put back. One query."""
    last = erasure_file.last_line(path)
    if last is None:
        return False
    known = Chain.objects.filter(name=CHAIN).values_list("length", flat=True).first() or 0
    return int(last["number"]) > known


def read(path: Path) -> Iterator[Line]:
    """Every line of the file, each one checked: its seal, its place, and that it follows the one before it.

    Raises `ListAmiss` at the first that does not hold (also for a key that this installation does not have).
    """
    before = ""
    for number, text in enumerate(erasure_file.whole_lines(path), 1):
        try:
            line = Line(**json.loads(text))
            fields = {**line._asdict(), "at": datetime.fromisoformat(line.at), "chain": CHAIN}
            seal = fields.pop("seal")
            good = (line.number, line.before, seal) == (number, before, seals.seal_entry(**fields))
        except (ValueError, TypeError, KeyError, AttributeError):
            good = False
        if not good:
            raise ListAmiss(f"line {number} is not as it was written")
        before = line.seal
        yield line


def replay(path: Path) -> int:
    """Do again what the file knows and the database does not, before the site serves; return how many lines.

    Called by the operator's commands. Each line is done whole before the database learns of it, so this can be ended
    at any moment and begun again. Raises `ListAmiss`.
    """
    done = 0
    known = dict(Entry.objects.filter(chain=CHAIN).values_list("number", "seal"))
    lines = list(read(path)) if path.exists() else []
    for line in lines:
        if line.number in known and known[line.number] != line.seal:
            raise ListAmiss(f"line {line.number} is not this database's")
    for line in lines:
        if line.number not in known:
            _replays[line.verb](line)
            _take_over(line)
            done += 1
    return done


@transaction.atomic
def _take_over(line: Line) -> None:
    """Put the entry back into the record as it was."""
    Chain.objects.get_or_create(name=CHAIN)
    chain = Chain.objects.select_for_update().get(name=CHAIN)
    if (chain.length, chain.head) != (line.number - 1, line.before):
        raise ListAmiss(f"line {line.number} does not follow what the database holds")
    Entry.objects.create(**{**line._asdict(), "at": datetime.fromisoformat(line.at), "chain": CHAIN})
    head_seal = seals.seal_head(chain=CHAIN, length=line.number, head=line.seal)
    Chain.objects.filter(pk=chain.pk).update(length=line.number, head=line.seal, head_seal=head_seal)
