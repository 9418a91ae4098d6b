"""Conventions of pages: words go through gettext, nobody is called a "user", nothing is inline, nothing unused."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import allauth
import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
# The gallery is a page of the workshop, never served to anybody else.
PAGES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and path.name != "gallery.html")
OURS = [config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
CODE = sorted(path for app in OURS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
VIEWS = [path for path in CODE if path.name in ("views.py", "home.py", "words_views.py") or path.parent.name == "views"]
NAMES = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "_"}
ATTRIBUTES = {"aria-label", "aria-description", "alt", "title", "placeholder", "value"}

# Pieces that are ready and that no page uses yet.
ONLY_IN_THE_GALLERY = {f"components/{name}.html" for name in ("breadcrumbs", "tabs")}

COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
BLOCK = re.compile(r"\{% blocktrans(?:late)?\b.*?%\}(.*?)\{% endblocktrans(?:late)? %\}", re.S)
TRANSLATE = re.compile(r"""\{% trans(?:late)? (?:"([^"]*)"|'([^']*)')""")
IN_TAG = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
# A sentence given to a component as a bare string goes past gettext too.
BARE = re.compile(
    r"""\b(label|title|text|note|heading|link_label|nobody|hint|intro)=(?:"[^"]*[A-Za-z]|'[^']*[A-Za-z])"""
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on", re.I)


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def without_comments(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


class Visible(HTMLParser):
    """Collects what somebody sees or hears of a page: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [
            value for name, value in attrs if value and name in ATTRIBUTES and (name != "value" or tag != "input")
        ]


def outside_gettext(template: str) -> list[str]:
    """Words of a template that would be shown without having gone through gettext."""
    bare = [found[0] for tag in re.findall(r"\{% include .*?%\}", template, re.S) for found in BARE.finditer(tag)]
    page = Visible()
    page.feed(TAG.sub(" ", BLOCK.sub(" ", template)))
    words = (re.sub(r"\bPeernet\b", "", seen).strip() for seen in page.seen)
    return bare + [word for word in words if re.search(r"[^\W\d_]{2}", word)]


@pytest.mark.parametrize("template", PAGES, ids=name_of)
def test_template_words_go_through_gettext(template: Path) -> None:
    assert outside_gettext(without_comments(template)) == []


def test_words_outside_gettext_are_found() -> None:
    assert outside_gettext("<p>Hello</p>") == ["Hello"]
    assert outside_gettext('<p aria-label="Hello">{% translate "Hello" %} 999 Peernet ·</p>') == ["Hello"]
    assert outside_gettext('{% include "components/button.html" with label="Go on" only %}')
    assert outside_gettext('{% include "components/button.html" with label=_("Go on") kind="quiet" only %}') == []
    assert outside_gettext("{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}") == []


def words_of_templates() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        text = without_comments(path)
        for pattern in (BLOCK, TRANSLATE, IN_TAG):
            for found in pattern.finditer(text):
                yield name_of(path), next(part for part in found.groups() if part is not None)


def words_of_code() -> Iterator[tuple[str, str]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in NAMES:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield str(path.relative_to(ROOT)), given.value


def test_nobody_is_called_a_user() -> None:
    # A service user network is what such a community calls itself, and so do the lead service users of one.
    field = re.compile(r"(?i)service user network|lead service users?")
    shown = [(where, field.sub("", words)) for where, words in _all_words()]
    assert [
        (where, words) for where, words in shown if re.search(r"(?i)\busers?\b|\busername", TAG.sub("", words))
    ] == []


def test_no_page_shows_a_number_of_an_error_or_a_cold_word() -> None:
    cold = re.compile(r"(?i)\b(error [45]\d\d|forbidden|invalid|illegal|denied|failed|abort|oops)\b")
    assert [(where, words) for where, words in _all_words() if cold.search(words)] == []


def test_no_page_claims_to_find_risk_or_prevent_harm() -> None:
    claim = re.compile(r"(?i)\b(detect|predict|prevent|diagnos)\w*")
    assert [(where, words) for where, words in _all_words() if claim.search(words)] == []


def _all_words() -> list[tuple[str, str]]:
    words = [*words_of_templates(), *words_of_code()]
    assert len(words) > 300
    return words


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=name_of)
def test_template_has_nothing_inline(template: Path) -> None:
    assert INLINE.findall(TAG.sub("", without_comments(template))) == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_view_asks_no_model_and_catches_nothing(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not (isinstance(node, ast.Attribute) and node.attr == "objects"), f"line {node.lineno}"
        assert not isinstance(node, ast.Try), f"line {node.lineno}"


@cache
def named_templates() -> list[re.Pattern[str]]:
    """Every name of a template that our code or a page asks for; what is made while running matches anything."""
    found = set()
    for path in (path for path in CODE if not path.name.startswith("gallery")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)
                found.add("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value))
    for path in PAGES:
        found |= {re.escape(name) for name in re.findall(r'\{% (?:include|extends) "([^"]+)"', path.read_text())}
    # One made while running must still say its folder, "communities/standing_.+": else it would stand for all.
    return [re.compile(name) for name in found if re.match(r"\w.*(html|txt)$", name)]


@cache
def names_in_allauth() -> str:
    return "\n".join(path.read_text() for path in Path(allauth.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("template", PAGES, ids=name_of)
def test_template_is_used(template: Path) -> None:
    name = name_of(template)
    used = any(pattern.fullmatch(name) for pattern in named_templates())
    assert not (used and name in ONLY_IN_THE_GALLERY), "take it out of the list"
    if used or name in ONLY_IN_THE_GALLERY:
        return
    # Those that replace allauth's own are asked for by name there, with or without the ending.
    assert re.search(re.escape(name.rsplit(".", 1)[0]) + r"\b", names_in_allauth()), "nothing asks for this template"
