"""The pictures in docs/pictures show what the code says; one that has drifted fails here."""

from pathlib import Path

import pytest

from peernet import pictures, ways


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture_shows_what_the_code_says(name: str) -> None:
    assert name not in pictures.drifted(), "make them anew: python -m peernet.pictures"


def test_a_picture_that_drifted_is_named_and_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    pictures.main([])
    assert pictures.main(["--check"]) == 0
    (tmp_path / "way-of-a-post.md").write_text("Another way.")
    assert pictures.main(["--check"]) == 1
    assert "way-of-a-post.md" in capsys.readouterr().out


def test_every_step_of_a_post_is_an_arrow() -> None:
    drawn = ways.way_of_a_post()
    for verb in ways.posts.STEPS:
        assert f": {verb.replace('_', ' ')}\n" in drawn, verb


def test_no_arrow_has_a_second_colon_that_its_reader_would_stumble_over() -> None:
    arrows = [line for make in pictures.PICTURES.values() for line in make().split("\n") if " --> " in line]
    assert all(line.count(":") <= 1 for line in arrows)


def test_every_app_says_in_a_line_what_it_is_for() -> None:
    from django.apps import apps

    ours = [config.name for config in apps.get_app_configs() if (pictures.ROOT / config.name).is_dir()]
    assert ours
    assert all(pictures.purpose_of(app) for app in ours)
