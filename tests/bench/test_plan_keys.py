"""New keys for plans, the command really killed: the small run of bench/plan_keys.py."""

import pytest

from bench.plan_keys import amiss, on
from tests.conftest import ON_POSTGRES


@pytest.mark.kill
def test_keys_renewed_by_a_command_that_was_killed_lose_nothing() -> None:
    figures = on("postgresql" if ON_POSTGRES else "sqlite", plans=15, kills=1)
    assert not amiss(figures), figures
    assert all(told["versions"] >= 15 for told in figures.values())
