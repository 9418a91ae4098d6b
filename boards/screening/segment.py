"""Finds the words in letters that were run together or spelt out one by one."""

from collections.abc import Set

LONGEST_WORD = 14
STRANGE_LETTER = 3.0
EACH_WORD = 1.0


def segment(letters: str, known: Set[str]) -> list[str]:
    """The cheapest cut of the letters into known words; letters that fit nowhere stay as they are.

    Looks back at most LONGEST_WORD letters from each letter, so the cost grows with the length alone.
    """
    best = [0.0]
    back = [0]
    for end in range(1, len(letters) + 1):
        cost, start = best[end - 1] + STRANGE_LETTER, end - 1
        for begin in range(max(0, end - LONGEST_WORD), end):
            if letters[begin:end] in known and best[begin] + EACH_WORD <= cost:
                cost, start = best[begin] + EACH_WORD, begin
        best.append(cost)
        back.append(start)
    words: list[str] = []
    end = len(letters)
    while end:
        words.append(letters[back[end] : end])
        end = back[end]
    return words[::-1]


def wholly_known(words: list[str], known: Set[str]) -> bool:
    """Whether every part is a word we know, so that nothing was guessed."""
    return all(word in known for word in words)
