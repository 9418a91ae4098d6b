"""What is typed in one part and not saved, as its draft holds it: one piece of writing for each page that wrote apart.

Two pages with the same part open, on a phone and on a library's computer, never write over each other: what the
other one wrote stays beside it until its owner lets it go (as with drafts of posts, ADR 0015).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

FORMAT = 1
# More pages with one part open than anybody has.
MOST_APART = 5
MOST_FINISHED = 5


@dataclass(frozen=True)
class OnPage:
    """A form as one page has it. `key` tells pages apart; `draft_version` is the draft's as this page last knew it
    (0: none), `attempt` counts what a script saved from this page (None: no script)."""

    key: str = ""
    draft_version: int = 0
    attempt: int | None = None


@dataclass(frozen=True)
class Piece:
    """The words of one page. `seen` is the version of the plan that its writer had before them."""

    page: str
    seen: int
    attempt: int
    fields: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but white space."""
        return not "".join(self.fields.values()).strip()

    def goes_on_from(self, earlier: "Piece") -> bool:
        """Whether nothing of the earlier words is missing here: texts have only grown at their ends."""
        return all(self.fields.get(name, "").strip().startswith(text.strip()) for name, text in earlier.fields.items())


class TooManyApart(Exception):
    """The same part is being written on so many pages that one more would push somebody's words out."""


@dataclass(frozen=True)
class Unsaved:
    """All pieces of one part, the newest last. `finished`: pages whose form was saved, so what comes late is old."""

    pieces: tuple[Piece, ...] = ()
    version: int = 0
    finished: tuple[str, ...] = field(default=())

    def newest(self) -> Piece | None:
        """What was written last, if anything is there."""
        return self.pieces[-1] if self.pieces else None

    def was_finished(self, page: OnPage) -> bool:
        """Whether this page's form was saved already."""
        return bool(page.key) and page.key in self.finished

    def was_overtaken(self, page: OnPage) -> bool:
        """Whether newer words of this very page have arrived already."""
        own = next((piece for piece in self.pieces if page.key and piece.page == page.key), None)
        return own is not None and page.attempt is not None and page.attempt <= own.attempt

    def with_words(self, page: OnPage, seen: int, fields: Mapping[str, str]) -> "Unsaved":
        """With the words of this page: in place of what it knew, or beside it. Raises `TooManyApart`."""
        piece = Piece(page.key, seen, page.attempt or 0, fields)
        kept = self._without(page, piece)
        if piece.is_empty:
            return replace(self, pieces=kept, version=self.version + 1)
        if len(kept) >= MOST_APART:
            raise TooManyApart
        return replace(self, pieces=(*kept, piece), version=self.version + 1)

    def apart(self, page: OnPage) -> bool:
        """Whether anything from another page lies beside this one's words."""
        return any(piece.page != page.key for piece in self.pieces)

    def after_saving(self, page: OnPage, fields: Mapping[str, str]) -> "Unsaved":
        """What is left once this page's words are a version: what was written apart, if it is not the same."""
        piece = Piece(page.key, 0, 0, fields)
        kept = tuple(one for one in self._without(page, piece) if not piece.goes_on_from(one))
        finished = (*self.finished, page.key)[-MOST_FINISHED:] if page.key else self.finished
        return Unsaved(kept, self.version + 1, finished)

    def _without(self, page: OnPage, piece: Piece) -> tuple[Piece, ...]:
        kept = tuple(one for one in self.pieces if not page.key or one.page != page.key)
        knew_all = page.draft_version == self.version and self.version > 0
        if kept and kept == self.pieces and (knew_all or piece.goes_on_from(kept[-1])):
            return kept[:-1]
        return kept

    def written(self) -> str:
        """As one text, to be sealed."""
        pieces = [
            {"page": one.page, "seen": one.seen, "attempt": one.attempt, "fields": dict(one.fields)}
            for one in self.pieces
        ]
        told = {"format": FORMAT, "pieces": pieces, "version": self.version, "finished": self.finished}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Unsaved":
        """What `written` made. Raises ValueError for anything else."""
        told = json.loads(text)
        if told.get("format") != FORMAT:
            raise ValueError("a draft in a form that is not known here")
        pieces = (Piece(row["page"], row["seen"], row["attempt"], row["fields"]) for row in told["pieces"])
        return cls(tuple(pieces), told["version"], tuple(told["finished"]))
