"""The one access table: every app's rows together. docs/access.md is written from it."""

from importlib import import_module

from people.access import Role, Row

APPS = (
    "people",
    "notices",
    "communities",
    "crisisplans",
    "boards",
    "meetings",
    "moderation",
    "outofhours",
    "elections",
    "peernet",
)


def table() -> dict[str, Row]:
    """Every address by its name, in the order of the apps."""
    rows: dict[str, Row] = {}
    for app in APPS:
        module = "peernet.access_rows" if app == "peernet" else f"{app}.access"
        rows |= import_module(module).ROWS
    return rows


def sockets() -> dict[str, Row]:
    """Every socket by its name: who may open it, and who keeps it open."""
    modules = (import_module(f"{app}.access") for app in APPS if app != "peernet")
    return {name: row for module in modules for name, row in getattr(module, "SOCKETS", {}).items()}


def as_markdown() -> str:
    """The table as docs/access.md shows it: R may read, S may send its form too."""
    lines = [
        "# Who may do what",
        "",
        "Written from the code by `python -m peernet.access`; the tests hold every address against it, as everybody.",
        "R: gets the page. S: may send its form too. Empty: it is missing (404), or asks to sign in first.",
        "",
        *_rows("address", table()),
        "",
        "## Open pages",
        "",
        "Sockets, which end with the right that opened them. R: may have it open; to everybody else it closes, missing",
        "and not theirs alike.",
        "",
        *_rows("socket", sockets()),
    ]
    return "\n".join(lines) + "\n"


def _rows(what: str, rows: dict[str, Row]) -> list[str]:
    lines = [f"| {what} | " + " | ".join(Role) + " | mind |", "| --- |" + " --- |" * (len(Role) + 1)]
    for name, row in rows.items():
        cells = " | ".join(_cell(row, role) for role in Role)
        mind = "; ".join(part for part in ("one's own only" if row.own else "", row.why) if part)
        lines.append(f"| {name} | {cells} | {mind} |")
    return lines


def _cell(row: Row, role: Role) -> str:
    if role in row.sends:
        return "RS" if role in row.reads else "S"
    return "R" if role in row.reads else ""


if __name__ == "__main__":
    from pathlib import Path

    path = Path(__file__).resolve().parent.parent / "docs" / "access.md"
    path.write_text(as_markdown())
