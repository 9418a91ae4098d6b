"""The glossary holds every word the code makes: states, offices, rules, presets, apps."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from boards.lifecycle import State as PostState
from communities.lifecycle import Kind, Office, SuspendedFrom
from communities.lifecycle import State as Standing
from communities.rules import KINDS, PRESETS
from crisisplans.lifecycle import OpeningKind, PlanKind, SuggestionState

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
OURS = [config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
WORDS = [*PostState.values, *Standing.values, *Office.values, *Kind.values, *SuspendedFrom.values, *KINDS, *PRESETS]
WORDS += [*PlanKind.values, *OpeningKind.values, *SuggestionState.values]


@pytest.mark.parametrize("word", sorted({*WORDS, *OURS}))
def test_word_of_the_code_stands_in_the_glossary(word: str) -> None:
    assert f"`{word}`" in GLOSSARY


def test_each_code_name_in_the_glossary_is_in_the_code() -> None:
    code = {
        word for app in OURS for path in (ROOT / app).rglob("*.py") for word in re.findall(r"\w+", path.read_text())
    }
    for name in re.findall(r"`([\w.:]+)`", GLOSSARY):
        # "boards.Post" and "helpnow:leave" are told by their last part.
        last = re.split(r"[.:]", name)[-1]
        assert name in OURS or last in code or list(ROOT.glob(f"*/{last}.py")), name


def test_no_word_is_explained_twice() -> None:
    words = re.findall(r"^- \*\*([^*]+)\*\*:", GLOSSARY, re.M)
    assert len(words) == len({word.casefold() for word in words})
