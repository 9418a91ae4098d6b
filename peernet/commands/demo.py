"""`peernet demo`: the demo's addresses, people, roles, passwords and codes; or a large community for measuring."""

import json
from argparse import ArgumentParser, Namespace

from peernet.commands import Stop, migrate, site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print what the demo holds as JSON")
    for name, many in (("members", 110), ("threads", 1000), ("posts", 10_000)):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=f"fill a large community with N {name} ({many})")


def call(given: Namespace) -> int:
    """Print the demo (made first where the site is empty); with a number, fill the large community too."""
    site.open_site()
    from peernet import demo_guard, first_start

    migrate.bring_up_to_date()
    first_start.fill_if_empty()
    if refused := demo_guard.refusal():
        raise Stop(refused)
    if not demo_guard.demo_people():
        raise Stop("This site has no demo: somebody real is here. The demo needs an empty database.")
    if given.members or given.threads or given.posts:
        _fill_large(given)
    _print_demo(as_json=given.json)
    return 0


def _fill_large(given: Namespace) -> None:
    from django.core.exceptions import ValidationError

    import clock
    from peernet.demo.large import Size, fill_large

    size = Size(given.members or 110, given.threads or 1000, given.posts or 10_000)
    if size.members < 2 or size.threads < 1 or size.posts < size.threads:
        raise Stop("A large community needs at least 2 members, 1 thread, and a post for each thread.")
    try:
        fill_large(size, clock.now())
    except ValidationError:
        raise Stop("There is a large community already. Use another data folder or database.") from None


def _print_demo(*, as_json: bool) -> None:
    from peernet.demo import people

    if as_json:
        print(json.dumps(people.whole_demo(), indent=2))
        return
    for line in people.sign_in_lines(codes=True):
        print(line)
