"""From a word as it was written to the plain words it stands for."""

import re
from functools import cache

from . import data
from .phrases import all_words, grave_words
from .segment import segment, wholly_known
from .spelling import SlipIndex, sound_of

_REPEATED = re.compile(r"(.)\1\1+")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (str.maketrans("013456789@$!|+£€", "oieasgtbgasiitle"), str.maketrans("013456789@$!|+£€", "oleasgtbgaslltle"))
_NOT_LETTERS = re.compile(r"[^a-z]+")
_STARS = re.compile(r"[*#]+")
LONGEST_GLUED = 32
SHORTEST_GLUED = 6
SHORTEST_HEARD, LONGEST_HEARD = 4, 20


class Lexicon:
    """Knows every word of the data, how it is said in texts, and what else may be meant by it."""

    def __init__(self) -> None:
        words = data.words()
        self.spoken: dict[str, tuple[str, ...]] = {k: tuple(v.split()) for k, v in words["spoken"].items()}
        self.joined: dict[str, str] = words["joined"]
        self.fillers = frozenset(words["fillers"].split())
        self.known = frozenset(all_words()) | self.fillers | {w for v in self.spoken.values() for w in v}
        self.signs = data.signs()
        self.keys = frozenset(words["keys"].split())
        self.starred = tuple(words["starred"].split())
        self._ordinary = data.ordinary()
        self._pieces = {w for w in self.known | self.spoken.keys() if len(w) > 1} | {"i", "a", "u"}
        self._slips = SlipIndex(w for w in grave_words() if len(w) >= 5)
        self._short_slips = SlipIndex(words["short_keys"].split())
        self._sounds = {sound_of(word): word for word in words["sounded"].split()}

    def resolve(self, raw: str) -> tuple[str, ...]:
        """The plain words for one word as written; the word itself if it is none of ours."""
        return self._as_is(raw) or self._squeezed(raw) or self._disguised(raw) or self._guessed(raw) or (raw,)

    def _as_is(self, raw: str) -> tuple[str, ...]:
        if raw in self.spoken:
            return self.spoken[raw]
        if raw in self.signs:
            return (raw,)
        return (raw,) if raw in self.known or raw in self._ordinary else ()

    def _squeezed(self, raw: str) -> tuple[str, ...]:
        if not _REPEATED.search(raw):
            return ()
        shapes = (_REPEATED.sub(r"\1\1", raw), _REPEATED.sub(r"\1", raw), _DOUBLED.sub(r"\1", raw))
        return next((found for shape in shapes if (found := self._as_is(shape) or self._slip(shape))), ())

    def _disguised(self, raw: str) -> tuple[str, ...]:
        if raw.isalpha() or raw.isdigit():
            return ()
        if "*" in raw or "#" in raw:
            return self._behind_stars(raw)
        for sounds in _SOUNDS:
            plain = raw.translate(sounds)
            if found := self._as_is(plain) or self._slip(plain):
                return found
        parts = [part for part in _NOT_LETTERS.split(raw) if part]
        return tuple(word for part in parts for word in (self._as_is(part) or (part,)))

    def _behind_stars(self, raw: str) -> tuple[str, ...]:
        letters = _STARS.sub("", raw)
        if not letters or len(raw) > LONGEST_GLUED:
            return ()
        if found := self._as_is(letters) if len(letters) >= 4 else ():
            return found
        shape = raw.replace("#", "*")
        return next(((word,) for word in self.starred if _fits(shape, word)), ())

    def _guessed(self, raw: str) -> tuple[str, ...]:
        return self._clipped(raw) or self._slip(raw) or self._heard(raw) or self._unglued(raw)

    def _clipped(self, raw: str) -> tuple[str, ...]:
        """Without its last g: "bringin"."""
        return (f"{raw}g",) if raw.endswith("in") and f"{raw}g" in self.known else ()

    def _slip(self, raw: str) -> tuple[str, ...]:
        if not raw.isalpha() or len(raw) < 3:
            return ()
        index = self._slips if len(raw) >= 5 else self._short_slips
        near = index.nearest(raw)
        return self._as_is(near) if near else ()

    def _heard(self, raw: str) -> tuple[str, ...]:
        if not raw.isalpha() or not SHORTEST_HEARD <= len(raw) <= LONGEST_HEARD:
            return ()
        heard = self._sounds.get(sound_of(raw))
        return self._as_is(heard) if heard else ()

    def _unglued(self, raw: str) -> tuple[str, ...]:
        if not SHORTEST_GLUED <= len(raw) <= LONGEST_GLUED:
            return ()
        parts = segment(raw, self._pieces)
        if not wholly_known(parts, self._pieces) or self.keys.isdisjoint(parts):
            return ()
        return self.spelt(parts)

    def spelt(self, parts: list[str]) -> tuple[str, ...]:
        """The plain words for parts found in run-together or spelt-out letters."""
        return tuple(word for part in parts for word in (self._as_is(part) or (part,)))

    def unspell(self, letters: str) -> tuple[str, ...]:
        """The words in letters that were written one by one."""
        plain = letters.translate(_SOUNDS[0])
        return self.resolve(plain) if plain in self.known else self.spelt(segment(plain, self._pieces))


def _fits(shape: str, word: str) -> bool:
    """Whether stars in `shape` may hide the letters of `word`: as many, or one or two more or fewer."""
    start, end = shape.split("*", 1)[0], shape.rsplit("*", 1)[1]
    shown = len(shape) - shape.count("*")
    if abs(len(shape) - len(word)) > 1 or shown < 2 - (len(shape) == len(word) and shape[0] in "dk"):
        return False
    if len(shape) == len(word):
        return all(a in ("*", b) for a, b in zip(shape, word, strict=True))
    return len(start) + len(end) == shown < len(word) and word.startswith(start) and word.endswith(end)


@cache
def lexicon() -> Lexicon:
    """The one lexicon, made from the data when first needed."""
    return Lexicon()
