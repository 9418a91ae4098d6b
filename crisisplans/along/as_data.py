"""Both plans as data, in the shape of docs/plan.schema.json: to keep, to take to another site, to bring back."""

import json
from datetime import datetime
from typing import Any

from crisisplans.queries.own import OwnPlan
from crisisplans.told import ToldPlan

FORMAT, VERSION = "peernet-plan", 1


def as_data(plans: list[tuple[OwnPlan, ToldPlan]], *, made_at: datetime) -> str:
    """The newest words of each of these plans as JSON. Headings go along, so that it can be read without this site."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(),
        "plans": {own.plan.kind: _plan(own, told) for own, told in plans},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plan(own: OwnPlan, told: ToldPlan) -> dict[str, Any]:
    parts = {part.key: {"heading": part.title, "words": dict(own.words.parts[part.key])} for part in told.parts}
    saved_at = own.version.saved_at.isoformat() if own.version else None
    return {"saved_at": saved_at, "first_steps": list(told.first_steps), "parts": parts}
