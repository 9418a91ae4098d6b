"""Holds every migration since the last release against what the release before can live with (docs/adr/0020).

While a new release is brought up, the one before still answers: so no column or table goes or changes its name, and
what is new must not be needed by an insert that does not know of it. The SQL is PostgreSQL's, so it needs one
(PEERNET_TEST_POSTGRES_URL): on SQLite there is one process, and no release beside another.
`scripts/released_migrations.txt` names those that are out already, each with the hash of its file.
"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
sys.path.insert(0, str(SCRIPTS.parent))
OURS = [
    "elections",
    "outofhours",
    "moderation",
    "meetings",
    "boards",
    "crisisplans",
    "communities",
    "notices",
    "people",
    "audit",
    "clock",
    "peernet",
]


def main() -> int:
    """Return 0 if all are safe; the linter prints each that is not, and why."""
    if changed := changed_since():
        print(f"These are released and were changed: {', '.join(changed)}", file=sys.stderr)
        return 1
    url = os.environ.get("PEERNET_TEST_POSTGRES_URL", "")
    if not url:
        print("Skipped: migrations held against the release before. Needs PEERNET_TEST_POSTGRES_URL.")
        return 1 if os.environ.get("CI") else 0
    with tempfile.TemporaryDirectory() as folder:
        given = {"PEERNET_DATA": folder, "PEERNET_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "peernet.settings"}
        os.environ |= given
        import django
        from django.conf import settings

        settings.INSTALLED_APPS.append("django_migration_linter")
        django.setup()
        from django_migration_linter import MigrationLinter

        linter = MigrationLinter(
            include_apps=OURS,
            ignore_name={name.partition("/")[2] for name in released()},
            no_cache=True,
            analyser_string="postgresql",
            quiet=["ok", "ignore"],
        )
        linter.lint_all_migrations()
        linter.print_summary()
        return 1 if linter.has_errors else 0


def released() -> dict[str, str]:
    """Return the migrations that an installation may have already, "app/name", with the hash of each one's file."""
    lines = (SCRIPTS / "released_migrations.txt").read_text().splitlines()
    return dict(line.split() for line in lines)


def changed_since() -> list[str]:
    """Return the released ones whose file is another by now: an installation that has them would not get the change."""
    root = SCRIPTS.parent
    paths = {name: root / name.partition("/")[0] / "migrations" / f"{name.partition('/')[2]}.py" for name in released()}
    return [name for name, told in released().items() if hashlib.sha256(paths[name].read_bytes()).hexdigest() != told]


if __name__ == "__main__":
    sys.exit(main())
