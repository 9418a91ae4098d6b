"""`peernet check`: is this installation fit for real people? Says each thing that is not, and verifies the record."""

from argparse import ArgumentParser, Namespace

from peernet.commands import site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--head", default="", help="a head of the record that was shown or mailed earlier")


def call(given: Namespace) -> int:
    """Print each finding on a line. Exit code 0: nothing was found; 1: something was."""
    site.open_site()
    site.need_tables()
    import clock
    from clock.models import note_sweep
    from peernet.fitness import findings

    found = findings(head=given.head)
    for finding in found:
        print(f"Not yet: {finding}")
    if not any(finding.startswith(("The record:", "The log:")) for finding in found):
        # For the figures: an operator is told when this was last so (peernet.figures).
        note_sweep("record.verified", clock.now())
    print("This installation is not fit for real people yet." if found else "Nothing was found amiss.")
    return 1 if found else 0
