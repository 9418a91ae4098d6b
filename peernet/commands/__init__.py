"""The commands of `peernet`: one module each, with `configure(parser)` and `call(given) -> exit code`."""


class Stop(Exception):
    """A command can't go on; its message is the one line that says why and what to do."""
