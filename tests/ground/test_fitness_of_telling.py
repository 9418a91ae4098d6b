"""`peernet check`: names that give the place away are found, neutral ones are not."""

import pytest

from peernet.fitness import CHECKS, telling
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def neutral(settings: object) -> object:
    settings.DEFAULT_FROM_EMAIL = "Post <post@quiet-river.example>"
    settings.SITE_ADDRESS, settings.HOME_NAME = "https://quiet-river.example", "Today"
    return settings


def test_neutral_names_have_no_finding(neutral: object) -> None:
    assert list(telling.names_are_neutral()) == []
    assert list(telling.pushes_go_to_push_services_only()) == []


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("DEFAULT_FROM_EMAIL", "Peernet <post@quiet-river.example>", "PEERNET_MAIL_FROM"),
        ("DEFAULT_FROM_EMAIL", "Post <post@crisis-support.example>", "PEERNET_MAIL_FROM"),
        ("DEFAULT_FROM_EMAIL", "therapy@quiet-river.example", "PEERNET_MAIL_FROM"),
        ("SITE_ADDRESS", "https://board.mentalhealth.example/", "PEERNET_ADDRESS"),
        ("HOME_NAME", "My support group", "PEERNET_HOME_NAME"),
    ],
)
def test_a_name_that_gives_the_place_away_is_found(neutral: object, setting: str, value: str, said: str) -> None:
    setattr(neutral, setting, value)
    [found] = telling.names_are_neutral()
    assert said in found


def test_a_community_s_own_name_is_found(neutral: object, cast: Cast) -> None:
    neutral.SITE_ADDRESS = "https://fellside.example"
    [found] = telling.names_are_neutral()
    assert "“fellside”" in found


def test_the_tests_own_setting_is_refused(neutral: object) -> None:
    neutral.PUSH_LOOPBACK = True
    [found] = telling.pushes_go_to_push_services_only()
    assert "PEERNET_PUSH_LOOPBACK" in found


def test_check_asks_both() -> None:
    assert {telling.names_are_neutral, telling.pushes_go_to_push_services_only} <= set(CHECKS)
