"""The page that Peernet's are measured beside: made, signed in to and as long as it should be."""

import os
import subprocess
import sys
from pathlib import Path

from bench.measuring.sites import ROOT

ASK = """
import sys
from bench.measuring.handling import Handling
sys.stdout.buffer.write(__import__("gzip").decompress(Handling(sys.argv[1]).get("/thread/")))
"""


def test_minimal_page_shows_twenty_rows_to_somebody_signed_in_and_is_as_long(tmp_path: Path) -> None:
    length = 30_000
    (tmp_path / "thread.html").write_text("<p>words</p>".ljust(length, "."))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.minimal.settings",
        "MINIMAL_DATABASE_URL": f"sqlite:///{tmp_path / 'rows.sqlite3'}",
        "MINIMAL_FILLERS": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }

    def python(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout

    cookie = python("-m", "bench.minimal.fill").strip()
    page = python("-c", ASK, cookie)
    assert page.count("<li>") == 20
    assert "You are here as somebody." in page
    assert abs(len(page) - length) < 100
