"""Log lines without anybody's words: the place of a fault is logged, never what the database or a form said."""

import logging
import re
import traceback
from types import TracebackType
from urllib.parse import quote, unquote

# An invitation's address is a key to the door: it must not lie in a log.
SECRET_PATHS = re.compile(r"/(join|way-back)/[^/\s]+", re.IGNORECASE)

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def plain_path(path: str) -> str:
    """Return a page's address fit for a log: no query string, no invitation's token, on one line.

    However it was spelt: "/j%6Fin/" opens the same door.
    """
    return SECRET_PATHS.sub(r"/\1/…", quote(unquote(path.partition("?")[0])))


class WithoutWords(logging.Formatter):
    """Shows where an exception came from and of which kind it was; its message may hold a member's text."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's formatter may have kept the full one
        return SECRET_PATHS.sub(r"/\1/…", super().format(record))

    def formatException(self, ei: Fault) -> str:
        kind, fault, _ = ei
        if kind is None or fault is None:
            return ""
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(fault.__traceback__)[-6:]]
        return "\n".join([*(f"  at {place}" for place in places), f"  {kind.__module__}.{kind.__qualname__}"])
