import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from communities import names

LOOK_ALIKES = [
    ("Wren", "wren"),
    ("Wren", "WREN"),
    ("Wren", " w r e n "),
    ("Wren", "W-r-e-n"),
    ("Wren", "Wrén"),
    ("Wren", "Ｗｒｅｎ"),
    ("Coco", "Сосо"),  # all Cyrillic
    ("Oto", "Ото"),
    ("Iris", "lris"),
    ("Iris", "1ris"),
    ("Moss", "M0ss"),
    ("Fern", "Fem"),
    ("Vivian", "VıvIan"),
    ("Owl", "0wl"),
    ("Tao", "Ταο"),  # all Greek
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_names_that_look_the_same_have_one_key(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize("name", ["Wren", "Jo-Anne", "O’Neil", "Nan 2", "Zoë", "Ελένη", "Юлия", "नीना", "李 小龙"])
def test_name_of_any_one_alphabet_is_kept_as_it_is_written(name: str) -> None:
    assert names.clean(f"  {name} ") == name


def test_vowel_signs_make_another_name() -> None:
    assert names.key("नीना") != names.key("नाना")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "--",
        ". .",
        "a" * 41,
        "Wrеn",
        "a\u202eb",
        "a\u200bb",
        "<b>hi</b>",
        "wren@x.org",
        "a\nb\x00",
        "e" + "\u0301" * 20,
    ],
)
def test_name_that_could_mislead_is_turned_away(name: str) -> None:
    with pytest.raises(ValidationError):
        names.clean(name)


@pytest.mark.parametrize("name", ["Staff", "TOP THREE", "top-three", "Moderat0r", "Caretaker", "Peernet", "Samaritans"])
def test_name_of_a_role_is_nobodys(name: str) -> None:
    with pytest.raises(ValidationError):
        names.clean(name)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once_and_the_key_fits_its_column(written: str) -> None:
    try:
        name = names.clean(written)
    except ValidationError:
        return
    assert names.clean(name) == name
    assert 2 <= len(names.key(name)) <= 80
