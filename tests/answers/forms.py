"""Reads a page as a browser does: what its forms would send, byte for byte."""

from html.parser import HTMLParser
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

TOKEN = "x" * 32


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, str]] = []
        self.actions: list[str] = []
        self.bare: dict[str, str] = {}
        self._area: str | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = True
            self.forms.append({})
            self.actions.append(given.get("action") or "")
        elif tag == "input" and given.get("name"):
            self.forms[-1][str(given["name"])] = given.get("value") or ""
        elif tag == "textarea":
            self._area = str(given.get("name") or given.get("id"))
            self._home[self._area] = ""

    @property
    def _home(self) -> dict[str, str]:
        return self.forms[-1] if self._inside else self.bare

    def handle_data(self, data: str) -> None:
        if self._area:
            self._home[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # A browser drops the first line break, holds LF inside, and sends CRLF.
            text = self._home[self._area].replace("\r\n", "\n").removeprefix("\n")
            self._home[self._area] = text.replace("\n", "\r\n")
            self._area = None
        elif tag == "form":
            self._inside = False


def read(response: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def form_to(response: HttpResponse, action: str) -> dict[str, str]:
    """What the form that leads to this address would send."""
    reader = read(response)
    return reader.forms[reader.actions.index(action)]


def send(client: Client, path: str, data: dict[str, str], **headers: str) -> HttpResponse:
    """POST as a browser does, with a good token."""
    client.cookies["csrftoken"] = TOKEN
    body = urlencode({**data, "csrfmiddlewaretoken": TOKEN})
    return client.post(path, body, content_type="application/x-www-form-urlencoded", headers=headers)


def form_with(response: HttpResponse, field: str) -> dict[str, str]:
    """What the form that has this field would send, wherever it leads."""
    return next(form for form in read(response).forms if field in form)
