"""What somebody wrote into the form that this request brought, so that it can be given back to them."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import RawPostDataException, UnreadablePostError

from crisisplans.forms.headings import CARRIED as HEADINGS_CARRIED
from crisisplans.forms.headings import WRITTEN as HEADINGS_WRITTEN
from meetings.forms.polls import TICKS as POLL_TICKS
from people import kept

# Only what is named here ever comes back: a password or a code must not.
WRITING = (
    *("title", "text", "cover", "reason", "words", "note", "message", "statement", "questions", "place"),
    *("address", "travel", "step_free_words"),
    # Of local life, and of a diary for a calendar.
    *("phone", "web", "open_times", "own_words"),
    # Of a plan: its first steps, what holds for a support call, and to whom it is opened with what at the top (`whom`
    # as well, see `from_fields`); of a community: the headings of plans.
    *("step_1", "step_2", "step_3", "ring_number", "ring_when", "ring_say", "people_here", "top"),
    *HEADINGS_WRITTEN,
)
# What a form needs beside the words to be the same form when it is sent again.
CARRIED = (
    "read_by",
    "form_key",
    "page_key",
    kept.WRITTEN_BY,
    "draft_version",
    "attempt",
    "save_draft",
    "version",
    "version_growing",
    "state",
    "verb",
    "decision",
    "choice",
    "rule",
    "value",
    "kind",
    "about",
    "suspended_from",
    "weeks",
    "days",
    "hours",
    "day",
    "starts",
    "heading",
    "minutes",
    "part",
    "thread",
    "edition",
    "agreed",
    "may_ring",
    "and_on",
    "seen",
    # Of the timetable: how often, where, and by whom something is.
    *("frequency", "weekdays", "nth", "ends", "until", "on_bank_holidays", "venue", "link", "room"),
    *("member_led", "facilitator", "counts", "step_free"),
    # Of a poll of times, and of a diary.
    *("often", "called_by", "holds", "with_place"),
    # Of a register, and of somebody else's time away.
    *("guests", "rest", "who"),
    *POLL_TICKS,
    *HEADINGS_CARRIED,
    # Of all ticks in a list; `weekdays`, `days`, `about` and `choice` are above.
    *("roles", "take_out", "times", "staff", "parts", "take", "items"),
)
# Fields in which somebody ticks as many as they like: all their ticks come back, not the last one alone.
SEVERAL = frozenset(
    {"weekdays", "days", "about", "choice", "roles", "take_out", "times", "staff", "parts", "take", "items"}
)
# What is tapped line by line: a register, an answer to a poll of times, the order of an agenda. It comes back without
# a word beside it.
TAPPED = re.compile(r"(?:was|time|place|minutes)_[0-9]{1,18}")
# Chosen, and as dear to whoever chose it where a form has no words.
CHOSEN = frozenset({"day", "until", "starts", "take_out", "times", "roles"})
# Pages that show themselves what was put in, beside what is there by now.
SHOWN_IN_PLACE = re.compile(r"(?:was|place)_[0-9]{1,18}")
LONGEST_BODY = 8 * 1024 * 1024


@dataclass(frozen=True)
class Written:
    """The words, what goes with them, and where they were going."""

    path: str
    words: dict[str, str] = field(default_factory=dict)
    # Of a field with several ticks a list.
    carried: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """Words and what goes with them, as one form."""
        return {**self.carried, **self.words}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What goes with the words, a field for each tick."""
        return [
            (name, each)
            for name, value in self.carried.items()
            for each in ([value] if isinstance(value, str) else value)
        ]

    @property
    def is_shown_in_place(self) -> bool:
        """Whether the page it was put in on shows it again by itself."""
        return not self.words and any(SHOWN_IN_PLACE.fullmatch(name) for name in self.carried)


def written_in(request: HttpRequest) -> Written | None:
    """Return what a form of this site brought, or None: nothing was written, or the form came from elsewhere.

    A form that another site made somebody send holds that site's words, so they are not given back as the
    person's own (safety check 1.13).
    """
    if request.method != "POST" or not came_from_here(request):
        return None
    sent = _sent(request)
    if sealed := kept.unseal(sent.get("kept", "")):
        return from_fields(sealed.path, sealed.fields)
    return from_fields(request.get_full_path(), {name: _value(sent, name) for name in sent})


def _value(sent: QueryDict, name: str) -> str | list[str]:
    """What a form says: all ticks where there may be several, else what Django takes of a name sent twice."""
    every = [str(each) for each in sent.getlist(name)]
    return every if name in SEVERAL and len(every) > 1 else every[-1] if every else ""


def from_fields(path: str, fields: dict[str, Any]) -> Written | None:
    """Sort a form's fields; None when nothing among them was written or tapped."""
    # Beside `words` a reason is chosen from a short list, so it is not somebody's writing.
    carried_here = (*CARRIED, "reason") if "words" in fields else CARRIED
    # Whom a link is for is written, beside how many hours it is open; in other forms `whom` is chosen from a list.
    writing = (*WRITING, "whom") if "hours" in fields else WRITING
    words = {name: fields[name] for name in writing if name not in carried_here and fields.get(name)}
    tapped = [name for name in fields if TAPPED.fullmatch(name)]
    if not words and not tapped and not any(fields.get(name) for name in CHOSEN):
        return None
    return Written(path, words, {name: fields[name] for name in (*carried_here, *tapped) if name in fields})


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this, or says nothing at all."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if not source:
        return True
    try:
        return urlsplit(source)[:2] == (request.scheme, request.get_host())
    except (DisallowedHost, ValueError):
        return False


def page_of(request: HttpRequest) -> str:
    """Return the page to come back to: the asked one, or the one that this form stood on.

    A form may go to an address that has no page of its own.
    """
    source = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and source.path and source[:2] == (request.scheme, request.get_host()):
        return source.path
    return request.get_full_path()


def _sent(request: HttpRequest) -> QueryDict:
    try:
        if request.POST:
            return request.POST
        _ = request.body
    except RequestDataTooBig:
        return _too_big(request)
    except (BadRequest, SuspiciousOperation, UnreadablePostError, RawPostDataException):
        pass
    return QueryDict()


def _too_big(request: HttpRequest) -> QueryDict:
    """Read what is more than a form may hold: somebody wrote it, so it is read for their eyes alone."""
    try:
        body = request.read(LONGEST_BODY + 1)
        return QueryDict(body if len(body) <= LONGEST_BODY else b"", encoding="utf-8")
    except (SuspiciousOperation, UnreadablePostError):
        return QueryDict()
