"""Every page of groups after a year of a community of 110 members with 20 sessions a week, on PostgreSQL.

`python bench/year.py [MEMBERS WEEKS A_WEEK]`. A PostgreSQL of its own; registers taken, words sent, records agreed,
letters, polls, local life. Prints, and writes bench/results/year.json: for each page its queries (10 at most) and the
milliseconds inside one process, the quickest of five. Ends with 1 where a page asks more.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measuring.postgres import cluster
from bench.measuring.results import keep
from bench.measuring.sites import Site
from bench.measuring.year_pages import MOST_QUERIES

SIZES = ("110", "52", "20")


def main(sizes: tuple[str, ...]) -> int:
    machine = round(os.getloadavg()[0], 2)
    with cluster() as database, tempfile.TemporaryDirectory() as folder:
        site = Site(folder, [], PEERNET_DATABASE_URL=database.url)
        site.ask("-m", "peernet.cli", "migrate")
        site.ask("-m", "django", "collectstatic", "--noinput")
        found = json.loads(site.ask("-m", "bench.measuring.year_pages", *sizes).splitlines()[-1])
    keep("year", {"machine_load": machine, "members, weeks, sessions a week": sizes, "pages": found})
    for name, row in found.items():
        print(f"{name:<28} {row['queries']:>3} queries {row['ms']:>7} ms")
    over = [name for name, row in found.items() if row["queries"] > MOST_QUERIES]
    print(f"more than {MOST_QUERIES} queries: {', '.join(over) or 'none'}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or SIZES))
