"""The shape of a plan as data, for machines: `python -m crisisplans.along.schema` writes docs/plan.schema.json."""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / "docs" / "plan.schema.json"


def schema() -> dict[str, Any]:
    """A JSON Schema of the file. A part or a field that is added keeps the version; one that goes raises it."""
    from crisisplans.along.as_data import FORMAT, VERSION
    from crisisplans.lifecycle import PlanKind
    from crisisplans.parts import LONGEST_STEP, MOST_FIRST_STEPS

    steps = {"type": "array", "maxItems": MOST_FIRST_STEPS, "items": {"type": "string", "maxLength": LONGEST_STEP}}
    plans = {kind.value: _plan(kind, steps) for kind in PlanKind}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One person's crisis plan and personal development plan, taken along from a Peernet site",
        **_object(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "made_at": {"type": "string", "format": "date-time"},
                "plans": {"type": "object", "additionalProperties": False, "properties": plans},
            }
        ),
    }


def _plan(kind: str, steps: dict[str, Any]) -> dict[str, Any]:
    from crisisplans.parts import LONGEST_TEXT, parts_of

    text = {"type": "string", "maxLength": LONGEST_TEXT}
    parts = {}
    for part in parts_of(kind).values():
        words = {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(part.fields, text)}
        parts[part.key] = _object({"heading": {"type": "string"}, "words": words})
    return _object(
        {
            "saved_at": {"type": ["string", "null"], "format": "date-time"},
            "first_steps": steps,
            "parts": {"type": "object", "additionalProperties": False, "properties": parts},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": sorted(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def written() -> str:
    """The schema as docs have it."""
    return json.dumps(schema(), indent=1) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    PATH.write_text(written())
