"""Sign-in names, made by the site: three plain words and two digits, "amber-lantern-field-42".

Nobody chooses one, so at sign-up nobody can find out which ones are taken (safety checks 1.11).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from random import SystemRandom
from typing import Protocol

WORDS = Path(__file__).with_name("sign_in_words.txt")
# Numbers with a hateful or a crude meaning to some.
NOT_THESE = {13, 14, 18, 28, 69, 88}
NUMBERS = [number for number in range(10, 100) if number not in NOT_THESE]


class Chooses(Protocol):
    def choice(self, seq: list[str], /) -> str: ...


def make(rng: Chooses | None = None) -> str:
    """Return a new name, one of about 10 to the power of 11. `people.services` sees to it that nobody has it yet."""
    rng = rng or SystemRandom()
    return "-".join([*odd_words(3, rng), rng.choice([str(number) for number in NUMBERS])])


def odd_words(many: int, rng: Chooses | None = None) -> list[str]:
    """Return words that nobody would guess, for somebody to lock a thing of their own with. Kept nowhere."""
    rng = rng or SystemRandom()
    return [rng.choice(_words()) for _place in range(many)]


def folded(typed: str) -> str:
    """Return what somebody typed as a name would be stored: no cases, accents or spaces.

    People copy their name from paper onto a phone that puts capitals and spaces of its own. And whoever guesses gains
    no more tries by writing one name in several ways (safety checks 1.12).
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", typed).casefold())
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[\s_\-‐-―]+", "-", bare.strip())


def looked_for(typed: str) -> str:
    """Return what is looked for when somebody gives this as their name: an e-mail as it is stored, or a folded name."""
    # A NUL is refused by PostgreSQL and would tell a name that can't be from one that isn't there.
    bare = typed.replace("\x00", "").strip()
    return bare.lower() if "@" in bare else folded(bare)


@cache
def _words() -> list[str]:
    return WORDS.read_text(encoding="utf-8").split()
