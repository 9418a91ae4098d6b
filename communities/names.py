"""Display names: chosen freely, unique in a community, and never two that look the same."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 40
ALLOWED_MARKS = frozenset(" -'’.")


def clean(written: str) -> str:
    """Return the name tidied. Raises ValidationError with a plain sentence."""
    name = " ".join(unicodedata.normalize("NFKC", written).split())
    if not 2 <= len(name) <= LONGEST:
        raise ValidationError(_("Please choose a name of 2 to 40 letters."))
    if not all(char.isalnum() or unicodedata.combining(char) or char in ALLOWED_MARKS for char in name):
        raise ValidationError(_("Please use letters and numbers, and spaces or a hyphen between them."))
    # One alphabet in a name: a look-alike letter from another would let somebody pass for somebody else.
    if len({unicodedata.name(char, "?").split()[0] for char in name if char.isalpha()}) > 1:
        raise ValidationError(_("Please use letters of one alphabet only."))
    return name


def key(name: str) -> str:
    """The name folded for comparing: case, accents, spaces and marks do not make another person."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())
