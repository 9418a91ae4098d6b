"""Words as the search and the mutes compare them: without case, accents, marks or markup."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

# A word: letters and numbers, with an apostrophe inside it.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What ends a line of a page ends a word; any other markup may stand inside one.
BREAKS = re.compile(r"</?(?:p|br|li|ul|ol|h\d|hr|pre|blockquote|table|tr|td|th)\b[^>]*>", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>")
# Nobody looks for a longer word, and PostgreSQL keeps none.
LONGEST = 60


def words_of(text: str) -> list[str]:
    """The words of a plain text, folded, in their order."""
    return [folded for match in WORD.finditer(text) if (folded := fold(match.group()))]


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """One word without case, accents and apostrophes: "Café" and "cafe", "don’t" and "dont" are the same."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in plain if char.isalnum())[:LONGEST]


def text_of(html: str) -> str:
    """The plain text of a post as boards.markdown rendered it: what a reader sees, on one line."""
    return " ".join(unescape(MARKUP.sub("", BREAKS.sub(" ", html))).split())
