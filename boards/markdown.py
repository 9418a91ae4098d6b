"""From a member's Markdown to safe HTML, once, at writing. Raw HTML and pictures are off."""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "h3", "h4", "span", "s"}
ATTRIBUTES = {"a": {"href", "rel", "class"}, "span": {"class"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}
LEADS_SOMEWHERE = ("https://", "http://", "mailto:", "tel:")
# What might be an address. A text with more of them than anybody needs is mostly addresses, and slow to look through.
PERHAPS_AN_ADDRESS = re.compile(r"\S\.\S|://|@")
MOST_ADDRESSES = 200
# Quotes and lists inside each other: beyond this they are wider than a phone, and at 20 the parser drops the words.
DEEPEST = 12
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def _link_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Say after every link where it leads, so that nobody is taken somewhere by its words alone."""
    # Counted back from here: a copy of all that is before would make many links slow.
    opening = next(tokens[at] for at in range(index - 1, -1, -1) if tokens[at].type == "link_open")
    leads_to = _leads_to(str(opening.attrGet("href") or ""), written_out=opening.markup in {"autolink", "linkify"})
    # Escaped whole: a number or mail address may be written with tags in it, and must not become a link by itself.
    where = f' <span class="elsewhere">({escapeHtml(leads_to)})</span>' if leads_to else ""
    return f"</a>{where}"


def _leads_to(href: str, *, written_out: bool) -> str:
    """The host of an address; the number or mail address of one that rings or writes to somebody."""
    try:
        parts = urlsplit(href)
        rings = parts.scheme in {"tel", "mailto"} and not written_out
        return unquote(parts.path) if rings else parts.hostname or ""
    except ValueError:  # "http://[" leads nowhere
        return ""


def _link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    tokens[index].attrSet("rel", "noopener noreferrer nofollow ugc")
    return self.renderToken(tokens, index, options, env)


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    # The page's own headings come first: a post's stand below them.
    tokens[index].tag = HEADINGS[tokens[index].tag] if tokens[index].tag in HEADINGS else tokens[index].tag
    return self.renderToken(tokens, index, options, env)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Only what plainly leads somewhere is a link; anything else stays as it was written, for all to see."""
        inside = url.startswith("/") and url[1:2] not in {"/", "\\"}
        # "https:///elsewhere.example" names no host to us, but browsers go there all the same.
        nowhere = url.lower().startswith(("https:///", "http:///"))
        return inside or (url.lower().startswith(LEADS_SOMEWHERE) and not nowhere)


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.enable(["linkify", "strikethrough"]).disable(["image", "html_block", "html_inline"])
    for name, rule in (
        ("link_close", _link_close),
        ("link_open", _link_open),
        ("heading_open", _heading),
        ("heading_close", _heading),
    ):
        parser.add_render_rule(name, rule)
    return parser


_PARSER = _parser()
_WITHOUT_ADDRESSES = _parser().disable("linkify")
_WITHOUT_DEPTH = _parser().disable(["linkify", "blockquote", "list"])


def render(text: str) -> str:
    """Return the text as HTML that is safe to put into a page: rendered, then sanitised twice.

    What nobody writes by hand is shown more plainly, never left out: hundreds of addresses are no links, quotes and
    lists a dozen deep keep their signs.
    """
    many = len(PERHAPS_AN_ADDRESS.findall(text)) > MOST_ADDRESSES
    parser = _WITHOUT_ADDRESSES if many else _PARSER
    tokens = parser.parse(text)
    if any(token.level >= DEEPEST for token in tokens):
        parser = _WITHOUT_DEPTH
        tokens = parser.parse(text)
    return sanitize(parser.renderer.render(tokens, parser.options, {}))


def sanitize(html: str) -> str:
    """Keep only what a post may hold. nh3 first; bleach stops the one zero-width `javascript:` link that nh3 lets by.

    bleach has had its last release: it stands only here, so that dropping it is one edit.
    """
    first = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return bleach.clean(
        first, tags=TAGS, attributes={tag: list(names) for tag, names in ATTRIBUTES.items()}, protocols=SCHEMES
    )
