"""What the tests of motions share."""

import pytest
from time_machine import TimeMachineFixture

from tests.cast import Cast
from tests.elections.motions.steps import Votes


@pytest.fixture
def votes(cast: Cast, time_machine: TimeMachineFixture) -> Votes:
    """Lets a motion go its way. The test's time must stand still."""
    return Votes(cast, time_machine)
