"""What the tests of elections share."""

from collections.abc import Iterator

import pytest

from tests.elections.votes import Heard, register


@pytest.fixture(autouse=True)
def heard() -> Iterator[Heard]:
    """What the votes of this test brought about; what another test let follow from them is gone."""
    register(made := Heard())
    yield made
    register(Heard())
