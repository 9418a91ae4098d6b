"""The words of a plan as one thing: what a version holds, sealed in one piece."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = 1


@dataclass(frozen=True)
class PlanWords:
    """What a plan says: for each part that has words its fields, and the three steps at its top, in their order."""

    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first_steps: tuple[str, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether nothing has been written yet."""
        return not self.parts and not self.first_steps

    def written(self) -> str:
        """As one text, to be sealed."""
        parts = {key: dict(fields) for key, fields in self.parts.items()}
        return json.dumps({"format": FORMAT, "parts": parts, "first_steps": self.first_steps}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "PlanWords":
        """What `written` made. Raises ValueError for anything else."""
        told = json.loads(text)
        if told.get("format") != FORMAT:
            raise ValueError("words of a plan in a form that is not known here")
        return cls(told["parts"], tuple(told["first_steps"]))
