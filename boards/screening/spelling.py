"""Words one slip away from a word we know: a letter too many, too few, wrong, or two that changed places."""

from collections.abc import Iterable, Iterator

SHORTEST = 5
LONGEST = 20


def without_one(word: str) -> Iterator[str]:
    """The word with each of its letters left out in turn."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def one_slip(left: str, right: str) -> bool:
    """Whether the two words are at most one slip apart."""
    if left == right:
        return True
    start = 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


_SAME_SOUND = (("ph", "f"), ("th", "f"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("igh", "i"), ("kn", "n"))
_ONE_LETTER = str.maketrans("cqzyv", "kksif")
_VOWELS = frozenset("aeiouhw")


def sound_of(word: str) -> str:
    """Roughly how a word sounds: its first letter and its consonants, like sounds made one."""
    for written, said in _SAME_SOUND:
        word = word.replace(written, said)
    word = word.translate(_ONE_LETTER)
    kept = [letter for letter in word[1:] if letter not in _VOWELS]
    sound = [word[:1]]
    for letter in kept:
        if letter != sound[-1]:
            sound.append(letter)
    return "".join(sound)


class SlipIndex:
    """Finds the known word one slip away, at a cost that depends on the word's length alone."""

    def __init__(self, known: Iterable[str]) -> None:
        self._shortened: dict[str, list[str]] = {}
        for word in sorted(known):
            self._shortened.setdefault(word, []).append(word)
            for shorter in set(without_one(word)):
                self._shortened.setdefault(shorter, []).append(word)

    def nearest(self, word: str) -> str | None:
        """A known word one slip away, or None. The first letter right counts for more."""
        if len(word) > LONGEST:
            return None
        best = None
        for shape in (word, *without_one(word)):
            for known in self._shortened.get(shape, ()):
                if one_slip(word, known):
                    if known[0] == word[0]:
                        return known
                    best = best or known
        return best
