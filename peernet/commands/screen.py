"""`peernet screen`: a community tries the rules on its own words; one text a line in, one answer a line out."""

import sys
from argparse import ArgumentParser, Namespace

from peernet.commands import site


def configure(parser: ArgumentParser) -> None:
    parser.epilog = "Example: peernet screen < our-words.txt. Nothing of what is read is kept."


def call(given: Namespace) -> int:
    site.open_site()
    from boards.screening import command

    for line in command.lines(sys.stdin or ()):
        print(line, flush=True)
    return 0
