"""`peernet restore`: puts a backup back; nothing serves until what was erased is erased again."""

from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from peernet.commands import Stop, site
from peernet.commands.backup import key_for

SEALED = "This backup is sealed: say where the key is (--key FILE, or PEERNET_BACKUP_KEY_FILE)."


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the backup, or its manifest")
    parser.add_argument("--replace", action="store_true", help="also where somebody is in the database already")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the key it was sealed under (PEERNET_BACKUP_KEY_FILE)"
    )
    parser.add_argument("--without-erasure-list", action="store_true", help="there never was one: nothing was erased")
    parser.add_argument("--give-up", action="store_true", help="end a restore that was begun, and keep what was there")


def call(given: Namespace) -> int:
    """Exit code 0: it is in place and the record holds; 1: it is not, or something is amiss, and lines say what."""
    from peernet.embedded import lock

    with ExitStack() as held:
        held.enter_context(lock.take(site.need_data_folder(), "peernet restore"))
        site.open_site()
        site.need_database()
        if given.give_up:
            return give_up()
        if given.file is None:
            raise Stop("Which backup? Name its file or its manifest.")
        return put_back(given)


def give_up() -> int:
    from peernet.backups import postgres, restoring

    try:
        restoring.give_up()
    except postgres.Trouble as trouble:
        raise Stop(str(trouble)) from None
    print("The database is what it was before.")
    return 0


def put_back(given: Namespace) -> int:
    """Check it all, put it in place, and say what is amiss. Raises `Stop`."""
    from audit.erasures import ListAmiss
    from peernet.backups import manifest, postgres, restoring, sealing

    try:
        told, file = manifest.read(given.file)
        need_room(given)
        ring = key_for(given.key, without=SEALED) if told.sealed_with else None
        restoring.check(told, file, ring)
        again = restoring.restore(told, file, ring)
    except ListAmiss as amiss:
        raise Stop(f"The erasure list is amiss: {amiss}. Nothing serves until it is right: see the guide.") from None
    except (manifest.NoManifest, restoring.Unfit, postgres.Trouble, sealing.Amiss) as trouble:
        raise Stop(str(trouble)) from None
    except OSError as fault:
        raise Stop(f"{fault.filename}: {fault.strerror}.") from None
    print(f"Put back as of {told.made_at}. Erased again: {again}. Everybody signs in anew.")
    return say_what_is_amiss()


def need_room(given: Namespace) -> None:
    """Raise `Stop` where somebody would be overwritten unasked, or erased words would come back unnoticed."""
    from django.conf import settings

    from peernet.backups import vendor_here

    if not given.replace and not vendor_here().Place().is_empty():
        raise Stop("Somebody is in this database. To put the backup in its place: --replace")
    if not settings.ERASURE_FILE.exists():
        if not given.without_erasure_list:
            raise Stop(
                f"There is no erasure list at {settings.ERASURE_FILE}: what members erased since would come back. Put "
                "the newest copy there (it lies with the keys), or say --without-erasure-list if there never was one."
            )
        settings.ERASURE_FILE.touch(0o600)


def say_what_is_amiss() -> int:
    """Print what the record and the log say of the database now in place."""
    from django.db import connection

    from peernet.fitness import MOST_SAID, record, verbatim

    connection.close()
    asked = [record.record_is_whole(), record.no_chain_is_gone()]
    asked += [verbatim.words_are_those_recorded(), verbatim.decisions_are_those_recorded()]
    found = [finding for one in asked for finding in islice(one, MOST_SAID)]
    for finding in found:
        print(f"Not yet: {finding}")
    return 1 if found else 0
