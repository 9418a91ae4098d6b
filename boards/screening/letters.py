"""Folding of letters: whatever a letter looks like, the plain one it stands for; emoji become words."""

import unicodedata

from . import data

CACHE_LIMIT = 20_000
LONGEST_EXPANSION = 4
APOSTROPHES = "'`´‘’‚‛ʼʹ′＇"
QUOTES = '"“”„‟«»″＂'
KEPT = set("\n.,;:!?'\"()@$|*#+-/_~£€")
INVISIBLE = {"Mn", "Me", "Mc", "Cf", "Sk"}


class Folding(dict[int, str]):
    """A translation table for str.translate that works each letter out once.

    Each letter is folded by itself, so the cost of a text is its length, whatever is in it. Emptied when it
    has grown: nobody can fill the memory with rare letters.
    """

    def __missing__(self, code: int) -> str:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        self[code] = folded = fold_letter(chr(code))
        return folded


def fold_letter(letter: str) -> str:
    """The plain small letters one letter stands for, a space for what says nothing."""
    special = data.letters().get(letter) or _special(letter)
    if special is not None:
        return special
    parts = unicodedata.normalize("NFKD", letter)[:LONGEST_EXPANSION]
    return "".join(_part(part) for part in parts)


def _special(letter: str) -> str | None:
    if letter in APOSTROPHES:
        return "'"
    if letter in QUOTES:
        return '"'
    if letter in KEPT:
        return letter
    if unicodedata.category(letter) == "Pd":
        return "-"
    return None


def _part(part: str) -> str:
    if unicodedata.category(part) in INVISIBLE:
        return ""
    plain = data.letters().get(part) or _special(part)
    if plain is not None:
        return plain
    if not part.isalnum():
        return " "
    return "".join(data.letters().get(small, small) for small in part.casefold())


_table = Folding()


def fold(text: str) -> str:
    """The text in plain small letters, without marks and invisible signs, emoji as words."""
    return text.translate(_table)
