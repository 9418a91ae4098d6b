"""A name that one block of a template sets is not there in another: there it would be an address of nothing."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock\b", re.DOTALL)
SET = re.compile(r" as(?:var)? (\w+) %}")
TAG = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def lost_names(template: str) -> list[str]:
    """Each name that a block sets and another one uses, which does not set it itself."""
    blocks = dict(BLOCK.findall(template))
    used = {
        name: {*re.findall(r"(?<![.\w])\w+", " ".join(map(_bare, TAG.findall(block))))}
        for name, block in blocks.items()
    }
    sets = {name: set(SET.findall(block)) for name, block in blocks.items()}
    return [
        f"{word}, set in {one} and used in {other}"
        for one, words in sets.items()
        for word in words
        for other in blocks
        if other != one and word in used[other] and word not in sets[other]
    ]


def _bare(tag: str) -> str:
    return QUOTED.sub("", tag)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_block_counts_on_a_name_of_another(path: Path) -> None:
    assert lost_names(path.read_text()) == []
