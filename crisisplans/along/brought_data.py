"""A plan brought in as data, in the shape of docs/plan.schema.json or as our own form carries it on."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crisisplans.along.as_data import FORMAT, VERSION
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS, keys_of, parts_of
from crisisplans.told import MAY_RING

Place = tuple[str, str]


class NotRead(Exception):
    """It can't be read as a plan; says why, in words for whoever brought it."""


def plain(text: str) -> str:
    """One kind of line end, and no signs that steer a machine or are no letters at all."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))


def find(text: str) -> tuple[dict[Place, dict[str, str]], tuple[str, ...]]:
    """The parts by kind and key, and the words that belong nowhere here. Raises `NotRead`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotRead(_("This begins like a file of data, but it is not whole.")) from None
    if isinstance(data.get("brought"), list):
        return _sorted(_rows(data["brought"]))
    if data.get("format") != FORMAT or data.get("version") != VERSION or not isinstance(data.get("plans"), dict):
        raise NotRead(_("This is a file of data, but not a plan from a place like this one."))
    return _sorted(_told_in(data["plans"]))


def _rows(rows: list[Any]) -> Iterable[tuple[str, str, Any]]:
    for row in rows:
        if isinstance(row, list) and len(row) == 3:
            yield str(row[0]), str(row[1]), row[2]


def _told_in(plans: Mapping[str, Any]) -> Iterable[tuple[str, str, Any]]:
    """Each part by kind and key; what is not in the shape it should have stands under no key."""
    for kind, plan in plans.items():
        told = plan if isinstance(plan, dict) else {"": plan}
        for name, words in told.items():
            if name == FIRST_STEPS and isinstance(words, list):
                yield kind, FIRST_STEPS, {"text": "\n".join(" ".join(str(step).split()) for step in words)}
            elif name == "parts" and isinstance(words, dict):
                yield from ((kind, key, _words_of(part)) for key, part in words.items())
            elif name != "saved_at":
                yield kind, "", words


def _words_of(part: Any) -> Any:
    return part["words"] if isinstance(part, dict) and "words" in part else part


def _sorted(found: Iterable[tuple[str, str, Any]]) -> tuple[dict[Place, dict[str, str]], tuple[str, ...]]:
    """Put each part where it belongs; what belongs nowhere is told as it is."""
    parts: dict[Place, dict[str, str]] = {}
    unplaced: list[str] = []
    for kind, key, words in found:
        known = _names(kind, key)
        for name, told in (words if isinstance(words, dict) else {"": words}).items():
            text = "" if told is None else plain(str(told)).strip()
            if text and name in known and (name != "may_ring" or text in MAY_RING):
                parts.setdefault((kind, key), {})[name] = text
            elif text:
                unplaced.append(text)
    return parts, tuple(unplaced)


def _names(kind: str, key: str) -> tuple[str, ...]:
    if kind not in PlanKind.values or key not in keys_of(kind):
        return ()
    return ("text",) if key == FIRST_STEPS else parts_of(kind)[key].fields
