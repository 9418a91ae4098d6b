"""All that is somebody's own as a document, made piece by piece: ten thousand posts take no more memory than one."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from peernet.own.parts import all_parts, left_out, not_own
from people.models import Person
from people.own import Part

FORMAT, VERSION = "peernet own data", 1
HERE = "<!-- the parts -->"
PIECE = 32 * 1024


def as_json(person: Person, now: datetime) -> Iterator[str]:
    """The file for a machine; its shape is docs/own-data.schema.json."""
    head = {"format": FORMAT, "version": VERSION, "made_at": now.isoformat()}
    yield json.dumps(head, indent=1)[:-2] + ',\n "parts": {'
    for number, part in enumerate(all_parts()):
        yield f"{',' if number else ''}\n  {json.dumps(part.key)}: ["
        for place, row in enumerate(part.rows(person)):
            yield f"{',' if place else ''}\n   {json.dumps(row, default=_plain, ensure_ascii=False)}"
        yield "]"
    yield "},\n"
    yield f' "left_out": {json.dumps(list(_reasons()), ensure_ascii=False, indent=1)}\n}}\n'


def as_page(template: str, person: Person, now: datetime, request: Any = None) -> Iterator[str]:
    """The same for a person to read or print: the template's page, with the parts in its middle."""
    before, after = render_to_string(template, {"now": now, "here": HERE}, request).split(HERE)
    yield before
    for part in all_parts():
        yield from _part(part, person)
    yield _what_is_left_out()
    yield after


def in_pieces(parts: Iterable[str]) -> Iterator[bytes]:
    """Small parts put together, so that each thing sent is worth its frame."""
    waiting: list[str] = []
    length = 0
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= PIECE:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _reasons() -> Iterator[dict[str, str]]:
    for part, name, why in left_out():
        yield {"part": part.key, "field": name, "why": why}
    for model, why in not_own().items():
        yield {"part": model._meta.label_lower, "field": "", "why": str(why)}


def _part(part: Part, person: Person) -> Iterator[str]:
    rows = part.rows(person)
    first = next(rows, None)
    if first is None:
        return
    words = {name: str(label) for name, label in part.words().items()}
    yield format_html('<section class="own" aria-labelledby="{0}"><h2 id="{0}">{1}</h2>\n', part.key, part.title)
    yield _row(words, first)
    for row in rows:
        yield _row(words, row)
    yield "</section>\n"


def _row(words: dict[str, str], row: dict[str, Any]) -> str:
    told = [(words[name], _shown(row[name])) for name in words if row[name] not in (None, "", [])]
    return format_html('<dl class="facts">{}</dl>\n', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", told))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i")
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return linebreaksbr(str(value), autoescape=True)


def _what_is_left_out() -> str:
    rows = ((f"{row['part']} {row['field']}".strip(), row["why"]) for row in _reasons())
    listed = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    title, why = _("What is not in here"), _("Each thing that we hold and did not put in, with the reason.")
    return format_html(
        '<section class="own"><h2>{}</h2><p>{}</p><dl class="facts">{}</dl></section>\n', title, why, listed
    )
