"""Nobody is asked how to be told of what is not for them: staff and those still waiting write on no board."""

import pytest

from tests.cast import Cast, client_of
from tests.communities.said import words


@pytest.mark.parametrize(
    ("key", "writes"),
    [
        *((key, True) for key in ("heron", "wren", "hazel", "sorrel", "bramble", "thorn", "moss")),
        *((key, False) for key in ("dale", "finch", "willow", "marsh")),
    ],
)
def test_choices_are_of_what_concerns_somebody(cast: Cast, key: str, writes: bool) -> None:
    said = words(client_of(cast[key]).get("/notices/choices/"))
    assert ("Somebody has written in a thread in which you write." in said) is writes
    assert ("Somebody has looked at one of your posts." in said) is writes
