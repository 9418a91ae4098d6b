"""Run the whole suite in six parts at once (`make test`): on SQLite what one process holds, in two halves; what starts
real browsers; what starts real servers and databases; and on PostgreSQL again, in two halves too, what touches the
database, but for pages and papers, and of a long table of cases only some rows (tests/parts.py).

What a machine lacks is left out with a line that says so; with CI set, that is a failure (tests/conftest.py).
What keeps so many tests quick: tests/quick.py, and tests/ready.py for whatever begins with an empty site.
"""

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.ready import SHARED, let_go

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=12", *sys.argv[1:]]
# What pytest returns where a word on the command line has chosen tests of another part only.
NOTHING_TO_RUN = 5
HOW_TO_GET_POSTGRESQL = (
    "Skipped: PostgreSQL. To run these too: apt-get install postgresql, start one, and set "
    "PEERNET_TEST_POSTGRES_URL=postgres://name:password@127.0.0.1:5432/postgres"
)


def environment(data: str, **extra: str) -> dict[str, str]:
    """Return the environment of one run, without the settings of whoever calls it."""
    inherited = {k: v for k, v in os.environ.items() if k.startswith("PEERNET_TEST_") or "PEERNET" not in k}
    # Hundreds of processes are started: each would compile the whole site anew.
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**inherited, "PEERNET_DATA": data, "PYTHONUNBUFFERED": "1", **extra}


class Part:
    """A part of the suite in a process of its own. It shares nothing with the others, Redis's database neither."""

    def __init__(self, name: str, folder: str, redis: int, **settings: str) -> None:
        self.name, self.output = name, Path(folder, "output")
        if url := os.environ.get("PEERNET_TEST_REDIS_URL"):
            settings["PEERNET_TEST_REDIS_URL"] = f"{url.removesuffix('/15')}/{redis}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [*PYTEST, "-p", "no:cacheprovider"],
                cwd=ROOT,
                env=environment(folder, **settings),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> int:
        """Let it end, show what it said, and return 0 if it passed. A part in which nothing was left to run did."""
        code = self.process.wait()
        print(f"\n== {self.name}\n{self.output.read_text()}", flush=True)
        return 0 if code == NOTHING_TO_RUN else code


def main() -> int:
    """Return 0 if every part passed. All at once: while one waits for a browser, the others work."""
    started = time.monotonic()
    url = os.environ.get("PEERNET_TEST_POSTGRES_URL")
    with contextlib.ExitStack() as folders:
        data = [folders.enter_context(tempfile.TemporaryDirectory()) for _ in range(6)]
        parts = [
            Part("SQLite, the longest", data[4], 11, PEERNET_TEST_PART="longest"),
            Part("SQLite, all the rest", data[0], 15, PEERNET_TEST_PART="inside"),
            Part("Real browsers", data[1], 13, PEERNET_TEST_PART="browsers"),
            Part("Real servers and databases", data[2], 12, PEERNET_TEST_PART="servers"),
        ]
        if url:
            ready = f"peernet-ready-{os.getpid()}"
            folders.callback(let_go, url, ready)
            on_server = {"PEERNET_DATABASE_URL": url, SHARED: ready}
            parts += [
                Part("PostgreSQL, the longest", data[3], 14, PEERNET_TEST_PART="longest", **on_server),
                Part("PostgreSQL, all the rest", data[5], 10, PEERNET_TEST_PART="inside", **on_server),
            ]
        codes = [part.wait() for part in parts]
    if not url:
        print(HOW_TO_GET_POSTGRESQL)
        codes.append(1 if os.environ.get("CI") else 0)
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = worked.ru_utime + worked.ru_stime
    print(f"== {time.monotonic() - started:.0f} s in all, {busy:.0f} s of processors' time", flush=True)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
