"""A command in a process that kills itself at a place: `python -m tests.backups.killed MODULE:NAME COMMAND …`."""

import os
import signal
import sys
from importlib import import_module
from typing import Any


def die(*_given: Any, **_named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")
    import django

    django.setup()
    module, _colon, path = sys.argv[1].partition(":")
    holder: Any = import_module(module)
    *outer, name = path.split(".")
    for one in outer:
        holder = getattr(holder, one)
    setattr(holder, name, die)
    from peernet.cli import main

    sys.exit(main(sys.argv[2:]))
