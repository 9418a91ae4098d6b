"""The one access table: every app's rows together. docs/access.md is written from it."""

from importlib import import_module

from people.access import Role, Row

APPS = ("people", "notices", "communities", "boards", "moderation", "peernet")


def table() -> dict[str, Row]:
    """Every address by its name, in the order of the apps."""
    rows: dict[str, Row] = {}
    for app in APPS:
        module = "peernet.access_rows" if app == "peernet" else f"{app}.access"
        rows |= import_module(module).ROWS
    return rows


def as_markdown() -> str:
    """The table as docs/access.md shows it: R may read, S may send its form too."""
    lines = [
        "# Who may do what",
        "",
        "Written from the code by `python -m peernet.access`; the tests hold every address against it, as everybody.",
        "R: gets the page. S: may send its form too. Empty: it is missing (404), or asks to sign in first.",
        "",
        "| address | " + " | ".join(Role) + " | mind |",
        "| --- |" + " --- |" * (len(Role) + 1),
    ]
    for name, row in table().items():
        cells = " | ".join(_cell(row, role) for role in Role)
        mind = "; ".join(part for part in ("one's own only" if row.own else "", row.why) if part)
        lines.append(f"| {name} | {cells} | {mind} |")
    return "\n".join(lines) + "\n"


def _cell(row: Row, role: Role) -> str:
    if role in row.sends:
        return "RS" if role in row.reads else "S"
    return "R" if role in row.reads else ""


if __name__ == "__main__":
    from pathlib import Path

    path = Path(__file__).resolve().parent.parent / "docs" / "access.md"
    path.write_text(as_markdown())
