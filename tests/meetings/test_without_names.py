"""Names go out of copied words, however they are written; other words stay (domain, section 7)."""

import pytest

from meetings.without_names import NamesOut

NAMES = ["Fern", "Anna-Lena", "Old Tom", "José", "Bo"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fern said so", "(a name) said so"),
        ("FERN and fern’s cat, Fern's dog, the Ferns", "(a name) and (a name) cat, (a name) dog, the (a name)"),
        ("F*er*n, **Fern**, F\u200bern, _Fern_", "(a name), **(a name)**, (a name), _(a name)_"),
        ("Fеrn with another alphabet's letter", "(a name) with another alphabet's letter"),
        ("Jose, JOSE\u0301 and josé", "(a name), (a name) and (a name)"),
        ("anna lena, AnnaLena, Anna–Lena", "anna lena, (a name), (a name)"),
        ("Old Tom and old  tom, but an old tomcat", "(a name) and (a name), but an old tomcat"),
        ("@fern, #Fern: fern.", "@(a name), #(a name): (a name)."),
        ("Bo knows about bob and boat", "(a name) knows about bob and boat"),
        ("Nothing here", "Nothing here"),
        ("", ""),
        ("the fer n", "the fer n"),
    ],
)
def test_each_name_goes_and_nothing_else(text: str, left: str) -> None:
    assert NamesOut(NAMES)(text) == left


def test_no_names_leave_every_word_as_it_is() -> None:
    assert NamesOut([])("Fern said so") == "Fern said so"


def test_a_long_text_takes_no_time_that_grows_with_its_square() -> None:
    words = "a " * 5000 + "Fern"
    assert NamesOut(NAMES)(words).endswith("(a name)")
