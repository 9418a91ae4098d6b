"""Run the whole suite: on SQLite with everything, then on PostgreSQL what touches the database (`make test`).

What a machine lacks is left out with a line that says so; with CI set, that is a failure (tests/conftest.py).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(title: str, data: str, **extra: str) -> int:
    """Run pytest once, in an environment without the settings of whoever calls it; return its exit code."""
    inherited = {k: v for k, v in os.environ.items() if k.startswith("PEERNET_TEST_") or "PEERNET" not in k}
    environment = {**inherited, "PEERNET_DATA": data, "PYTHONUNBUFFERED": "1", **extra}
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--durations=12", *sys.argv[1:]]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)
    return code


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="peernet-tests-") as data:
        code = run("SQLite", data)
        postgres = os.environ.get("PEERNET_TEST_POSTGRES_URL")
        if postgres and not code:
            code = run("PostgreSQL", data, PEERNET_DATABASE_URL=postgres)
    if not postgres:
        print(
            "Skipped: PostgreSQL. To run these too: apt-get install postgresql, start one, and set "
            "PEERNET_TEST_POSTGRES_URL=postgres://name:password@127.0.0.1:5432/postgres"
        )
        return code or (1 if os.environ.get("CI") else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
