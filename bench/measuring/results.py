"""Where a bench writes its figures."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "results"


def keep(name: str, figures: dict[str, Any]) -> None:
    """Write the figures of this bench to bench/results/NAME.json."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n")
