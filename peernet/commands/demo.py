"""`peernet demo`: the demo's addresses, people, roles, passwords and codes; or a large one for measuring."""

from argparse import ArgumentParser, Namespace

from peernet.commands import Stop, site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print what the demo holds as JSON")


def call(given: Namespace) -> int:
    site.open_site()
    raise Stop("There is no demo yet.")
