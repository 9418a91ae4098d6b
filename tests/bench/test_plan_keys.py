"""New keys for plans, the command really killed: the small run of bench/plan_keys.py."""

from pathlib import Path

import pytest

from bench.measuring.sites import Site
from bench.plan_keys import amiss, on
from tests.conftest import ON_POSTGRES
from tests.ready import lay


class Ready(Site):
    """One whose database need not be brought up to date first."""

    def __init__(self, folder: str, commands: list[list[str]], **settings: str) -> None:
        lay(Path(folder))
        super().__init__(folder, commands, **settings)


@pytest.mark.kill
def test_keys_renewed_by_a_command_that_was_killed_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.plan_keys.Site", Ready)
    figures = on("postgresql" if ON_POSTGRES else "sqlite", plans=15, kills=1)
    assert not amiss(figures), figures
    assert all(told["versions"] >= 15 for told in figures.values())
