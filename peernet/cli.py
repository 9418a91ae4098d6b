"""`peernet`, the command line: each command is a module of peernet.commands with `configure` and `call`.

Exit codes: 0 done, 1 something is wrong and was said in one line, 2 the command was not understood.
"""

import argparse
import os
import sys
from importlib import import_module

from peernet.commands import Stop

COMMANDS = {
    "run": "make the site ready and serve it on this machine",
    "sockets": "serve the live pages' sockets, one process of several",
    "metrics": "say how the installation is, for Prometheus",
    "demo": "say what the demo holds, or fill a large one for measuring",
    "community": "start a community",
    "check": "say what keeps this installation from being fit for real people",
    "screen": "read one text a line and say which would be held",
    "migrate": "bring the database up to date",
    "plan-keys": "look after the keys of people's plans",
    "backup": "copy the database, sealed, and its keys to another place",
    "restore": "put a backup back, with what was erased erased again",
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the commands' own modules stay light until they are called."""
    top = argparse.ArgumentParser(prog="peernet", description="A place where a community writes to each other.")
    below = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        module = import_module(f"peernet.commands.{name.replace('-', '_')}")
        command = below.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        module.configure(command)
        command.set_defaults(call=module.call)
    return top


def main(argv: list[str] | None = None) -> int:
    """Carry out one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")
    # What the site makes here (the database above all) is for nobody else on this machine, whoever made the folder.
    os.umask(0o077)
    try:
        given = parser().parse_args(_readable(sys.argv[1:] if argv is None else argv))
        return given.call(given)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except BrokenPipeError:  # `peernet screen | head`: whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _readable(words: list[str]) -> list[str]:
    """Return the words of the command line as they are. Raises `Stop` if one holds what is no text at all."""
    try:
        "".join(words).encode()
    except UnicodeEncodeError:
        raise Stop("Something in this command is not text (UTF-8).") from None
    return words


if __name__ == "__main__":
    sys.exit(main())
