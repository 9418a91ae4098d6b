"""`peernet migrate`: the database brought up to date, its cache table too."""

from argparse import ArgumentParser, Namespace

from peernet.commands import site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def call(given: Namespace) -> int:
    site.open_site()
    bring_up_to_date(verbosity=0 if given.quiet else 1)
    return 0


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Apply the migrations that are missing. Safe to run again."""
    from django.core.management import call_command

    site.need_database()
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)
