"""What the tests of communities share."""

import pytest

import clock
from communities.models import Rule
from tests.cast import Cast


@pytest.fixture
def by_two(cast: Cast) -> None:
    """In Fellside, too, two of the Top Three admit together: its members do not vote on it."""
    Rule.objects.create(community=cast.fellside, key="admission_vote", value=False, since=clock.now())
