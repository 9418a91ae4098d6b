"""The shape of the file for machines, written from the parts: `python -m peernet.own.schema`."""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / "docs" / "own-data.schema.json"


def schema() -> dict[str, Any]:
    """A JSON Schema of the whole file. A part or a value that is added keeps the version; one that goes raises it."""
    from peernet.own.documents import FORMAT, VERSION
    from peernet.own.parts import all_parts

    parts = {part.key: {"type": "array", "items": _row(list(part.words()))} for part in all_parts()}
    why = _row(["part", "field", "why"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "All that a Peernet site holds about one person",
        "type": "object",
        "required": ["format", "version", "made_at", "parts", "left_out"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "made_at": {"type": "string", "format": "date-time"},
            "parts": {"type": "object", "required": sorted(parts), "properties": parts},
            "left_out": {"type": "array", "items": why},
        },
    }


def _row(names: list[str]) -> dict[str, Any]:
    return {"type": "object", "required": names, "additionalProperties": False, "properties": {n: {} for n in names}}


def written() -> str:
    """The schema as docs have it."""
    return json.dumps(schema(), indent=1) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    PATH.write_text(written())
