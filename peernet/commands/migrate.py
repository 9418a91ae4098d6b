"""`peernet migrate`: the database brought up to date, its cache table too."""

from argparse import ArgumentParser, Namespace

from peernet.commands import site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def call(given: Namespace) -> int:
    site.open_site()
    bring_up_to_date(verbosity=0 if given.quiet else 1)
    note_restore()
    return 0


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Apply the migrations that are missing. Safe to run again."""
    from django.core.management import call_command

    site.need_database()
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)


def note_restore() -> None:
    """Say in the record if this database was put back from a backup since this machine last looked."""
    from django.conf import settings

    import clock
    from audit import services

    if behind := services.note_restore(settings.HEADS_FILE, clock.now()):
        print(f"The database has come less far than before: noted in the record as restored ({', '.join(behind)}).")
