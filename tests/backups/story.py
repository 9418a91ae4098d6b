"""What happens on a site of tests/backups, step by step, each in a process of its own: `python -m … STEP FOLDER`."""

import io
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import uuid4

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

if TYPE_CHECKING:
    from communities.models import Community

MARKED = ("CANARY-BOARD", "CANARY-TITLE", "CANARY-HELD", "CANARY-TAKEN-BACK", "CANARY-REPLY")
BETWEEN = "== and the state of it"


def begin() -> None:
    """An empty site brought up to date, with its list and its memory."""
    from peernet.cli import main

    assert main(["migrate", "--quiet"]) == 0


def write(folder: Path) -> None:
    """Forty days ago: the cast, and posts in every way that matters; the backup is of thirty-five days ago."""
    import clock
    from boards import screening
    from boards.services import write_post
    from clock.source import telling
    from communities.models import Membership
    from tests.cast import make_cast
    from tests.steps import HELD, held_if_marked

    begin()
    now = clock.now()
    with telling(now - timedelta(days=40)), patch.object(screening, "screen", held_if_marked):
        cast = make_cast(clock.now())
        _begin_chains(cast.fellside, cast.riverside)
        opening = write_post(by=cast.heron, title="CANARY-TITLE", text="CANARY-BOARD", form_key=uuid4())
        write_post(by=cast.heron, title="Held", text=f"CANARY-HELD {HELD}", form_key=uuid4())
    with telling(now - timedelta(days=39)):
        write_post(by=Membership.objects.get(name_key="moss"), thread=opening.thread, text="STAYS", form_key=uuid4())
        write_post(by=cast.heron, thread=opening.thread, text="CANARY-REPLY", form_key=uuid4())
    with telling(now - timedelta(days=35, minutes=2)):
        # In its pause when the backup is made: put back, it would be on the board.
        write_post(by=cast.clover, thread=opening.thread, text="CANARY-TAKEN-BACK", form_key=uuid4())


@transaction.atomic
def _begin_chains(*communities: "Community") -> None:
    """As if everybody had come in by the services."""
    import clock
    from audit.services import OPERATOR, PEOPLE, record

    for chain in (OPERATOR, PEOPLE, *(one.chain for one in communities)):
        record(chain=chain, verb="begin", actor="site", subject=chain, at=clock.now())


def old_backup(folder: Path) -> None:
    """A backup as it was made thirty-five days ago; prints where it is."""
    import clock
    from peernet.backups import making
    from peernet.backups.sealing import Ring

    ring = Ring.read(folder / "backup-key")
    print(making.make(folder / "backups", ring, clock.now() - timedelta(days=35)))


def erase(folder: Path) -> None:
    """Thirty-four days ago Heron erases everything, Clover takes back; thirty days later that is erased too."""
    from audit import heads
    from boards.models import Post
    from boards.services import erase_due, take_back
    from clock.source import telling
    from communities.models import Membership
    from moderation.services import erase_own_posts, go_on_with_erasings

    taken = Post.objects.get(text="CANARY-TAKEN-BACK")
    # Reckoned from the first step, however long ago that was: several tests go on from one.
    now = taken.written_at + timedelta(days=35, minutes=2)
    with telling(now - timedelta(days=35, minutes=1)):
        take_back(post=taken, by=taken.author)
    with telling(now - timedelta(days=34)):
        erase_own_posts(by=Membership.objects.get(name_key="heron"))
    with telling(now - timedelta(days=30)):
        assert go_on_with_erasings() == 0
    with telling(now - timedelta(days=4)):
        assert erase_due() == 1
    # As the job does each minute.
    heads.remember(settings.HEADS_FILE)


def sign_in(folder: Path) -> None:
    """Somebody is signed in when the backup is made."""
    from communities.models import Membership
    from tests.cast import client_of

    client_of(Membership.objects.get(name_key="moss"))


def dump(folder: Path) -> None:
    """Print every row of every table of ours."""
    out = io.StringIO()
    with patch("sys.stdout", out):
        call_command("dumpdata", "--all", exclude=["contenttypes", "auth"], verbosity=0)
    print(out.getvalue())


def state(folder: Path) -> None:
    """Print what the record and the log say is amiss, the states of posts, and what was noted of the restore."""
    from django.contrib.sessions.models import Session

    from audit.models import Entry
    from boards.models import Post
    from peernet.fitness import record, verbatim

    amiss = [*record.record_is_whole(), *record.record_is_not_behind(), *record.no_chain_is_gone()]
    amiss += [*verbatim.words_are_those_recorded(), *verbatim.decisions_are_those_recorded()]
    print("amiss:", amiss)
    print("states:", sorted(Post.objects.values_list("state", flat=True)))
    print(
        "noted:",
        sorted(set(Entry.objects.filter(verb__in=("restored", "put a backup back")).values_list("verb", flat=True))),
    )
    print("sittings:", Session.objects.count())


def look(folder: Path) -> None:
    """Come up as a server does, which ends here where nothing may be served; print `dump`, a line, and `state`."""
    import_module("peernet.asgi")
    dump(folder)
    print(BETWEEN)
    state(folder)


if __name__ == "__main__":
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    globals()[sys.argv[1]](Path(sys.argv[2]))
