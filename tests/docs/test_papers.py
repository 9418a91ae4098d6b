"""Links lead somewhere, and what the papers say of the code is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from peernet import jobs

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OURS = [config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE_NAME = re.compile(rf"`((?:{'|'.join(OURS)})(?:\.\w+)+)`")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_paper_links_lead_to_files_that_are_there(paper: Path) -> None:
    for target in LINK.findall(paper.read_text()):
        assert "://" not in target, "papers name things, they do not point at other people's addresses"
        assert (paper.parent / target).exists(), target


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_paper_names_of_code_are_there(paper: Path) -> None:
    for name in CODE_NAME.findall(paper.read_text()):
        assert name in jobs.entries() or _is_there(name), name


def _is_there(name: str) -> bool:
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        return _has(thing, parts[cut:])
    return False


def _has(thing: object, names: list[str]) -> bool:
    for name in names:
        if hasattr(thing, "models") and not hasattr(thing, name):
            thing = thing.models  # "boards.Post" is short for boards.models.Post
        if not hasattr(thing, name):
            return name in getattr(thing, "__annotations__", {}) or _is_field(thing, name)
        thing = getattr(thing, name)
    return True


def _is_field(thing: object, name: str) -> bool:
    meta = getattr(thing, "_meta", None)
    return bool(meta) and name in {field.name for field in meta.get_fields()}


def test_architecture_lists_every_regular_job_with_its_interval() -> None:
    said = (ROOT / "docs" / "architecture.md").read_text()
    for name, entry in jobs.entries().items():
        assert f"| `{name}` | {entry['schedule']:.0f} s |" in said


def test_papers_are_short() -> None:
    # These are there to look things up in.
    kept_whole = ("hazard-log.md", "glossary.md", "access.md")
    lines = {paper.name: paper.read_text().count("\n") for paper in PAPERS if paper.name not in kept_whole}
    assert max(lines.values()) <= 160, lines


def _syllables(word: str) -> int:
    word = word.lower()
    silent = word.endswith(("e", "ed")) and not word.endswith(("le", "ee", "ted", "ded"))
    return max(1, len(re.findall(r"[aeiouy]+", word)) - silent)


def school_year(text: str) -> float:
    """The Flesch-Kincaid grade of a text; a child of 10 is in grade 4 or 5."""
    plain = re.sub(r"[`*#>]", " ", text)
    parts = (re.findall(r"[A-Za-z']+", part) for part in re.split(r"(?<=[.!?:;])\s+|\n\s*\n|\n\s*-\s|\s\|\s", plain))
    sentences = [words for words in parts if len(words) > 1]
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    "paper",
    [
        *(f"docs/guides/members{which}.md" for which in ("", "-deciding", "-groups", "-plan")),
        "docs/guides/secretaries.md",
        "CHANGELOG.md",
    ],
)
def test_what_members_read_is_easy_to_read(paper: str) -> None:
    assert school_year((ROOT / paper).read_text()) < 4.5
