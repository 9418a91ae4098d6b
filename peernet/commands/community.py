"""`peernet community create`: a founder, caretakers and a first member of staff get single-use links."""

from argparse import ArgumentParser, Namespace

from peernet.commands import Stop, site


def configure(parser: ArgumentParser) -> None:
    below = parser.add_subparsers(dest="what", required=True, metavar="create")
    below.add_parser("create", help="start a community and print its links")


def call(given: Namespace) -> int:
    site.open_site()
    raise Stop("Communities can't be started from here yet.")
