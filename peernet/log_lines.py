"""Log lines without anybody's words: the place of a fault is logged, never what the database or a form said."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote

# An invitation's address is a key to the door: it must not lie in a log.
SECRET_PATHS = re.compile(r"/(join|way-back|stop|shared|apology|diary)/[^/\s]+", re.IGNORECASE)
OURS = re.compile(
    r"(peernet|elections|outofhours|moderation|meetings|boards|crisisplans|communities|notices|people|helpnow|audit"
    r"|clock)(\.|$)"
)
# Lines that hold what a client sent before we see them (gunicorn), or nothing but what we leave out (Django).
MADE_BEFORE = {
    "Invalid request": "A request that can't be read was refused",
    "Error handling": "A request failed",
    "%s: %s": "A page was refused or failed",
}

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# Which request this line belongs to: a number drawn for it, or the proxy's (peernet.request_lines).
request_id: ContextVar[str] = ContextVar("request_id", default="")


def plain_path(path: str) -> str:
    """Return a page's address fit for a log: no query string, no invitation's token, on one line.

    However it was spelt: "/j%6Fin/" opens the same door.
    """
    return SECRET_PATHS.sub(r"/\1/…", quote(unquote(path.partition("?")[0])))


def said(record: logging.LogRecord) -> str:
    """Return a line's message. Of another's package only the bare sentence: what it fills in may be anybody's words."""
    if OURS.match(record.name):
        message = record.getMessage()
    else:
        message = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
        message = next((ours for begins, ours in MADE_BEFORE.items() if message.startswith(begins)), message)
    return SECRET_PATHS.sub(r"/\1/…", message)


def places(fault: BaseException) -> list[str]:
    """Return where a fault came from, the last six calls."""
    return [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(fault.__traceback__)[-6:]]


def kind_of(fault: BaseException) -> str:
    """Return of which kind a fault is."""
    return f"{type(fault).__module__}.{type(fault).__qualname__}"


class WithoutWords(logging.Formatter):
    """Shows where an exception came from and of which kind it was; its message may hold a member's text."""

    def format(self, record: logging.LogRecord) -> str:
        # A copy: another handler still gets the whole one.
        bare = logging.makeLogRecord(record.__dict__)
        bare.msg, bare.args, bare.exc_text, bare.stack_info = said(record), None, None, None
        return super().format(bare)

    def formatException(self, ei: Fault) -> str:
        fault = ei[1]
        return "\n".join([*(f"  at {place}" for place in places(fault)), f"  {kind_of(fault)}"]) if fault else ""


class PlainLines(WithoutWords):
    """For eyes: time, level, who speaks, what, then the facts as name=value."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in facts_of(record).items())
        return f"{super().formatMessage(record)} {facts}".rstrip()


class JsonLines(WithoutWords):
    """For machines: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name, "said": said(record)}
        line |= facts_of(record)
        if record.exc_info and (fault := record.exc_info[1]):
            line |= {"fault": kind_of(fault), "places": places(fault)}
        return json.dumps(line, ensure_ascii=False)


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the facts a line was given (`extra={"facts": …}`) and, where there is one, its request."""
    facts = dict(getattr(record, "facts", {}))
    return facts | ({"request": request_id.get()} if request_id.get() else {})
