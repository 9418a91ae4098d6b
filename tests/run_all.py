"""Run the whole suite: on SQLite with everything, and beside it on PostgreSQL what touches the database (`make test`).

What a machine lacks is left out with a line that says so; with CI set, that is a failure (tests/conftest.py).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=12", *sys.argv[1:]]
HOW_TO_GET_POSTGRESQL = (
    "Skipped: PostgreSQL. To run these too: apt-get install postgresql, start one, and set "
    "PEERNET_TEST_POSTGRES_URL=postgres://name:password@127.0.0.1:5432/postgres"
)


def environment(data: str, **extra: str) -> dict[str, str]:
    """Return the environment of one run, without the settings of whoever calls it."""
    inherited = {k: v for k, v in os.environ.items() if k.startswith("PEERNET_TEST_") or "PEERNET" not in k}
    return {**inherited, "PEERNET_DATA": data, "PYTHONUNBUFFERED": "1", **extra}


def on_postgres(url: str, folder: str) -> subprocess.Popen[bytes]:
    """Start the run on PostgreSQL, quietly; it shares nothing with the other one, Redis's database neither."""
    settings = {"PEERNET_DATABASE_URL": url}
    if redis := os.environ.get("PEERNET_TEST_REDIS_URL"):
        settings["PEERNET_TEST_REDIS_URL"] = redis.removesuffix("/15") + "/14"
    with Path(folder, "output").open("wb") as output:
        return subprocess.Popen(
            [*PYTEST, "-p", "no:cacheprovider"],
            cwd=ROOT,
            env=environment(folder, **settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def main() -> int:
    """Return 0 if every run passed. Both at once, on the two cores that every machine has by now."""
    started = time.monotonic()
    url = os.environ.get("PEERNET_TEST_POSTGRES_URL")
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as other_data:
        other = on_postgres(url, other_data) if url else None
        print("\n== SQLite", flush=True)
        codes = [subprocess.run(PYTEST, cwd=ROOT, env=environment(data), check=False).returncode]
        if other:
            codes.append(other.wait())
            print(f"\n== PostgreSQL\n{Path(other_data, 'output').read_text()}", flush=True)
    if not url:
        print(HOW_TO_GET_POSTGRESQL)
        codes.append(1 if os.environ.get("CI") else 0)
    print(f"== {time.monotonic() - started:.0f} s in all", flush=True)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
