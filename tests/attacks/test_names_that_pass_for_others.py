"""Nobody can take a name that looks like that of one of the Top Three, or like no name at all."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from communities import names

UNSEEN = ["\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u3164", "\ufe0e", "\ufe0f", "\uffa0", "\U000e0100"]


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("name", ["Wren{}", "{}Wren", "Wr{}en", "{0}{0}", "{0} {0}"])
def test_no_name_with_what_nobody_sees(name: str, unseen: str) -> None:
    with pytest.raises(ValidationError):
        names.clean(name.format(unseen))


@pytest.mark.parametrize("name", ["Wren\u0e31", "Wr\u0902en", "\u0e31\u0e31", "Юлия\u0981"])
def test_no_sign_of_another_alphabet_on_a_letter(name: str) -> None:
    with pytest.raises(ValidationError):
        names.clean(name)


@pytest.mark.parametrize("sign", ["\u0378", "\ue000", "\ud800", "\U000e0fff", "\U0010ffff"])
def test_no_sign_that_is_nobodys_yet_or_private(sign: str) -> None:
    with pytest.raises(ValidationError):
        names.clean(f"Wren{sign}")


def test_no_letter_or_mark_there_is_makes_another_wren() -> None:
    """Every sign that Unicode has, put behind the name: refused, seen as the same name, or a letter or a number."""
    there_are = (sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) not in {"Cn", "Co", "Cs"})
    for sign in there_are:
        try:
            name = names.clean(f"Wren{sign}")
        except ValidationError:
            continue
        # An iota below the letter is a mark, but plain to see.
        added = unicodedata.normalize("NFKC", sign).replace("\u0345", "")
        seen = all(char.isalnum() and names.key(char) for char in added if char not in names.ALLOWED_MARKS)
        assert names.key(name) == names.key("Wren") or seen, f"U+{ord(sign):04X}"


@pytest.mark.parametrize("name", ["नीना", "กานต์", "Zoë", "মিতা", "မြ", "Ελένη"])
def test_names_of_many_alphabets_stay(name: str) -> None:
    assert names.clean(name) == name
