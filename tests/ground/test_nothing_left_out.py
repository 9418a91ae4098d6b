"""What a machine lacks is left out with a line that says how to get it; with CI set, it is a failure instead."""

import os
import subprocess
import sys

from tests.ground.test_embedded import ROOT, bare_environment

NEEDS_REDIS = "tests/ground/test_jobs.py"


def collect(**settings: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in bare_environment().items() if k != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--collect-only", NEEDS_REDIS],
        cwd=ROOT,
        env={**kept, "PEERNET_DATA": os.environ.get("PEERNET_DATA", ""), **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_without_redis_its_tests_are_left_out_with_a_line_that_says_so() -> None:
    done = collect()
    assert done.returncode == 0
    assert "Redis is missing: apt-get install redis-server" in done.stdout
    assert "with_redis" not in done.stdout


def test_without_redis_ci_fails() -> None:
    done = collect(CI="true")
    assert done.returncode != 0
    assert "Redis is missing" in done.stdout + done.stderr
