"""Pictures of the code, made from it: `python -m peernet.pictures` writes docs/pictures, `--check` compares.

So that no picture shows a way that the code has left; tests/docs/test_pictures.py fails where one does.
"""

import ast
import sys
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from peernet import ways, ways_of_times
from peernet.ways import MADE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"


def layers() -> str:
    """Who may import whom, from the contract that CI checks, with what each app is for."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    apps, inside = contracts[0]["layers"], contracts[1]["layers"]
    return "\n".join(
        [
            "# The layers\n",
            MADE,
            "Source: the contract in `pyproject.toml`, held by `lint-imports`. An upper app imports lower ones, never",
            "the other way round.\n",
            "```mermaid",
            "flowchart TD",
            *(f"    {upper} --> {lower}" for upper, lower in pairwise(apps)),
            "```\n",
            "| app | what it is for |",
            "| --- | --- |",
            *(f"| `{app}` | {purpose_of(app)} |" for app in apps),
            "",
            "Inside an app, likewise (a missing file is fine):\n",
            " > ".join(_beside(layer) for layer in inside),
            "",
        ]
    )


def purpose_of(app: str) -> str:
    """The first line of an app's own docstring."""
    said = ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text())) or ""
    return said.split("\n")[0]


PICTURES: dict[str, Callable[[], str]] = {
    "way-of-a-post.md": ways.way_of_a_post,
    "way-of-a-membership.md": ways.way_of_a_membership,
    "way-of-a-vote.md": ways.way_of_a_vote,
    "way-of-a-motion.md": ways.way_of_a_motion,
    "way-of-a-suspension.md": ways.way_of_a_suspension,
    "way-of-an-objection.md": ways.way_of_an_objection,
    "way-of-a-meeting.md": ways.way_of_a_meeting,
    "way-of-a-session.md": ways_of_times.way_of_a_session,
    "way-of-a-poll-of-times.md": ways_of_times.way_of_a_poll_of_times,
    "way-of-an-election.md": ways.way_of_an_election,
    "way-of-a-danger-notice.md": ways.way_of_a_danger_notice,
    "way-of-a-letter.md": ways.way_of_a_letter,
    "way-of-a-suggestion.md": ways.way_of_a_suggestion,
    "layers.md": layers,
}


def _beside(layer: str) -> str:
    return " and ".join(name.strip(" ()") for name in layer.split(":"))


def drifted() -> list[str]:
    """The pictures that do not show what the code says, or are missing."""
    return [name for name, make in PICTURES.items() if not _same(FOLDER / name, make())]


def _same(path: Path, wanted: str) -> bool:
    return path.is_file() and path.read_text() == wanted


def main(arguments: list[str]) -> int:
    """Write every picture; with `--check` only compare. Returns the exit code."""
    if arguments == ["--check"]:
        for name in (found := drifted()):
            print(f"docs/pictures/{name} shows something else than the code: python -m peernet.pictures")
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PICTURES.items():
        (FOLDER / name).write_text(make())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
