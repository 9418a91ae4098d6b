"""Taking names out of words that are copied for a meeting (domain, section 7): rather one too many than one too few."""

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

from django.utils.translation import gettext as _

from communities.names import key

WORD = re.compile(r"[^\W_]+")
# A name in one piece is found also where marks stand inside it, as "F*er*n"; nobody's name has more pieces than this.
MOST_PIECES = 12


class NamesOut:
    """Replaces every one of these names in a text: whatever its case, accents or look-alike letters, and its "’s"."""

    def __init__(self, names: Collection[str]) -> None:
        keys = {key(name) for name in names}
        # One letter is a word of its own, or no name.
        self.keys = {each for each in keys if len(each) > 1}
        self.keys |= {f"{each}s" for each in self.keys}
        self.longest = max(map(len, self.keys), default=0)
        self.spaced = {key(name) for name in names if " " in name.strip()}
        self.spaced |= {f"{each}s" for each in self.spaced}

    def __call__(self, text: str) -> str:
        """Return the text with “(a name)” in place of each."""
        spans = [(match.start(), _with_marks(text, match.end())) for match in WORD.finditer(text)]
        gaps = [not any(map(str.isspace, text[end:begin])) for (_b, end), (begin, _e) in pairwise(spans)]
        pieces, at, index = [], 0, 0
        while index < len(spans):
            if length := self._name_at(text, spans, gaps, index):
                pieces += [text[at : spans[index][0]], _("(a name)")]
                at = spans[index + length - 1][1]
                index += length
            else:
                index += 1
        return "".join([*pieces, text[at:]])

    def _name_at(self, text: str, spans: list[tuple[int, int]], gaps: list[bool], index: int) -> int:
        """How many pieces from here on are a name, the most there are; 0 for none."""
        unspaced, found = True, 0
        for length in range(1, min(MOST_PIECES, len(spans) - index) + 1):
            if length > 1:
                # Two words with white space between them are a name only where the name itself has one.
                unspaced = unspaced and gaps[index + length - 2]
            folded = key(text[spans[index][0] : spans[index + length - 1][1]])
            if len(folded) > self.longest:
                break
            if folded in (self.keys if unspaced else self.spaced):
                found = length
        return found


def _with_marks(text: str, end: int) -> int:
    """The end of a word with the accents and vowel signs that hang on it."""
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end
