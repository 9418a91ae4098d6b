"""The guides for members, the Top Three and staff, read in the site: the very papers of docs/guides, made safe.

Open to everybody: nothing in them is secret, and somebody who can't get in needs them most.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nh3
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDES = {
    "members": _("For members"),
    "members-deciding": _("For members: how we decide together"),
    "members-groups": _("For members: groups, and coming to them"),
    "members-plan": _("For members: your plan"),
    "secretaries": _("For chairs, secretaries and housekeepers"),
    "top-three": _("For the Top Three"),
    "top-three-hard-things": _("For the Top Three: the hard things"),
    "staff": _("For staff"),
}
FOLDER = Path(settings.BASE_DIR) / "docs"
TAGS = {
    *("h1", "h2", "h3", "p", "br", "em", "strong", "ul", "ol", "li", "a", "code", "hr", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
PICTURE = re.compile(r"\.\./pictures/([a-z0-9-]+)\.png")
ANOTHER = re.compile(r"([a-z-]+)\.md(#[a-z0-9-]+)?")


@login_not_required
@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One of the guides, whole. Everybody."""
    if name not in GUIDES:
        raise Http404
    others = [(str(title), reverse("peernet:guide", args=[key])) for key, title in GUIDES.items() if key != name]
    context = {"page_kind": "guide", "title": GUIDES[name], "html": as_html(name), "others": others}
    return render(request, "guide.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture that one of the guides shows. Everybody; nothing else in that folder is served."""
    if name not in {found for key in GUIDES for found in PICTURE.findall(_text(key))}:
        raise Http404
    path = FOLDER / "pictures" / f"{name}.png"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")


@cache
def as_html(name: str) -> str:
    """A guide as the middle of a page, sanitised. Rendered once for each process: it changes with a release only."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(_text(name))
    for token in tokens:
        token.children = list(_for_the_page(token.children or []))
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)


def _text(name: str) -> str:
    path = FOLDER / "guides" / f"{name}.md"
    if not path.is_file():
        raise Http404
    return path.read_text()


def _for_the_page(tokens: list[Token]) -> Iterator[Token]:
    """A picture becomes a link to it, so that a slow line fetches it only when asked; a link to a paper that has no
    page here becomes plain words.
    """
    leads_on = True
    for token in tokens:
        if token.type == "image" and (found := PICTURE.fullmatch(str(token.attrGet("src")))):
            yield from _linked(reverse("peernet:guide_picture", args=[found[1]]), token.content)
        elif token.type == "link_open":
            paper = ANOTHER.fullmatch(str(token.attrGet("href")))
            leads_on = bool(paper and paper[1] in GUIDES)
            if paper and leads_on:
                token.attrSet("href", reverse("peernet:guide", args=[paper[1]]))
                yield token
        elif token.type != "link_close" or leads_on:
            yield token


def _linked(href: str, words: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": href})
    yield Token("text", "", 0, content=str(_("Picture: %(what)s")) % {"what": words})
    yield Token("link_close", "a", -1)
