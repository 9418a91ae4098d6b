"""Display names: chosen freely, unique in a community, and never two that look the same."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 40
ALLOWED_MARKS = frozenset(" -'’.")
# Letters and marks that show nothing at all: with one of them a name would look like somebody else's, or like none.
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
MARKS_PILED_UP = re.compile("mmm")
# What looks like a Latin letter, after folding: other alphabets' letters, and digits.
LOOK_LIKE = str.maketrans(
    {
        **dict(zip("авеһнкморѕстухјԁԛԝ", "abehhkmopsctyxjdqw", strict=True)),
        **dict(zip("αβεηκμνορτυχγζ", "abenkmvoptuxyz", strict=True)),
        **dict.fromkeys("1iıіι|", "l"),
        "0": "o",
    }
)
PAIRS_LOOK_LIKE = (("rn", "m"), ("vv", "w"))
# Names that would pass for an office or the site itself.
NOT_A_PERSON = (
    "staff",
    "top three",
    "moderator",
    "alternate",
    "caretaker",
    "operator",
    "admin",
    "peernet",
    "samaritans",
)


def clean(written: str) -> str:
    """Return the name tidied. Raises ValidationError with a plain sentence."""
    name = " ".join(unicodedata.normalize("NFKC", written).split())
    if not 2 <= len(name) <= LONGEST or len(key(name)) < 2:
        raise ValidationError(_("Please choose a name of 2 to 40 letters."))
    if UNSEEN.search(written) or not any(char.isalnum() for char in name):
        raise ValidationError(_("Please use letters and numbers, and spaces or a hyphen between them."))
    if not all(_is_letter(char) or unicodedata.combining(char) or char in ALLOWED_MARKS for char in name):
        raise ValidationError(_("Please use letters and numbers, and spaces or a hyphen between them."))
    if MARKS_PILED_UP.search("".join("m" if unicodedata.combining(char) else " " for char in name)):
        raise ValidationError(_("Please use letters and numbers, and spaces or a hyphen between them."))
    # One alphabet in a name: a look-alike letter from another would let somebody pass for somebody else.
    if len({unicodedata.name(char, "?").split()[0] for char in name if _has_alphabet(char)}) > 1:
        raise ValidationError(_("Please use letters of one alphabet only."))
    if key(name) in {key(taken) for taken in NOT_A_PERSON}:
        raise ValidationError(_("That name belongs to a role here. Please choose one that is only yours."))
    return name


def key(name: str) -> str:
    """The name folded for comparing: case, accents, spaces, marks and look-alike letters do not make another person."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    folded = "".join(char for char in plain if _is_letter(char)).translate(LOOK_LIKE)
    for pair, letter in PAIRS_LOOK_LIKE:
        folded = folded.replace(pair, letter)
    return folded


def _is_letter(char: str) -> bool:
    # The vowel signs of many alphabets are letters to whoever reads them, though they stand alone for no machine.
    return char.isalnum() or _is_vowel_sign(char)


def _is_vowel_sign(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Mc"} and not unicodedata.combining(char)


def _has_alphabet(char: str) -> bool:
    # A sign of another alphabet is a speck on a letter that nobody notices.
    return char.isalpha() or _is_vowel_sign(char)
