"""kill -9 while members post: what was said to be stored is there, whole and once (safety checks 5.1).

A claim about the process, not about power. The whole figure, over the real server: bench/kill.py.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from boards.models import Post, PostVersion
from boards.services import write_post
from tests.boards.killed import SEED
from tests.boards.whole import in_part
from tests.cast import Cast
from tests.conftest import ON_POSTGRES
from tests.ready import lay
from tests.steps import reply, start

ROOT = Path(__file__).resolve().parents[2]
# Each is a process to start. What PostgreSQL writes, it writes in processes that nobody kills here.
KILLS = 4 if ON_POSTGRES else 10


@pytest.fixture
def surroundings(tmp_path: Path, ready_to_copy: str) -> Iterator[dict[str, str]]:
    """The environment of a process with a database of its own."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
    own |= {"PEERNET_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "peernet.settings", "PYTHONPATH": str(ROOT)}
    if not ON_POSTGRES:
        lay(tmp_path)
        yield own
        return
    import psycopg

    given = os.environ["PEERNET_DATABASE_URL"]
    name = f"killed_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{ready_to_copy}"')
        yield own | {"PEERNET_DATABASE_URL": urlsplit(given)._replace(path=f"/{name}").geturl()}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def killed(*words: object) -> list[str]:
    return [sys.executable, "-m", "tests.boards.killed", *map(str, words)]


class Told:
    """What the writers said before they were killed."""

    def __init__(self) -> None:
        self.tried: set[int] = set()
        self.stored: dict[int, int] = {}

    def write_until_killed(self, surroundings: dict[str, str], after: int) -> None:
        """Let them write, and kill them once they have said so many lines."""
        open_forms = sorted(self.tried - set(self.stored))
        first = max(self.tried, default=0) + 1
        with subprocess.Popen(
            killed("write", first, *open_forms), env=surroundings, cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            for heard, line in enumerate(process.stdout):
                if heard == after:
                    process.send_signal(signal.SIGKILL)
                self.hear(line)
        assert process.returncode == -signal.SIGKILL

    def hear(self, line: str) -> None:
        match line.split():
            case ["try", number]:
                self.tried.add(int(number))
            case ["stored", number, pk]:
                self.stored[int(number)] = int(pk)


@pytest.mark.kill
@pytest.mark.both_databases
def test_writers_killed_at_any_moment_lose_nothing_and_double_nothing(surroundings: dict[str, str]) -> None:
    subprocess.run(killed("prepare"), env=surroundings, cwd=ROOT, check=True)
    told, chance = Told(), random.Random(51)
    for _ in range(KILLS):
        told.write_until_killed(surroundings, after=chance.randrange(5, 60))
    answer = subprocess.run(killed("look"), env=surroundings, cwd=ROOT, check=True, capture_output=True, text=True)
    there = json.loads(answer.stdout)
    assert there["in_part"] == []
    assert len(told.stored) >= KILLS
    assert {number: [pk] for number, pk in told.stored.items()} == {
        int(number): pks for number, pks in there["posts"].items() if int(number) in told.stored
    }
    assert {number: pks for number, pks in there["posts"].items() if len(pks) != 1} == {}
    assert {int(number) for number in there["posts"]} <= told.tried


def test_what_is_there_in_part_is_found(cast: Cast) -> None:
    post = start(cast.heron)
    Post.objects.update(visible_at=post.written_at, pause_ends_at=post.written_at)
    post.thread.shown_from = post.written_at
    post.thread.save()
    other = reply(cast.moss, post.thread)
    assert in_part() == []
    PostVersion.objects.filter(post=other).delete()
    assert in_part() == [f"post {other.pk} has versions []"]
    ref = other.ref
    other.delete()
    assert in_part() == [f"entry about no post: {ref}"]


def test_same_form_after_a_crash_is_the_post_it_made(cast: Cast) -> None:
    first = write_post(by=cast.heron, title="T", text="Once", form_key=SEED)
    assert write_post(by=cast.heron, title="T", text="Once", form_key=SEED) == first
