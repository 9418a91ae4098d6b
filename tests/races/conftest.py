"""Races want real transactions, a time of their own and words that hold."""

from datetime import UTC, datetime

import pytest

import clock.source
from tests.races.at_once import Moment


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The time, which stands still; time-machine would stop the threads' own waiting too."""
    here = Moment(datetime.now(UTC).replace(microsecond=0))
    monkeypatch.setattr(clock.source, "_source", here)
    return here


@pytest.fixture(autouse=True)
def ground(transactional_db: None, words_hold: None, moment: Moment) -> None:
    """For every race."""
