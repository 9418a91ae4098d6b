"""From a member's Markdown to safe HTML, once, at writing. Raw HTML and pictures are off."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "h3", "h4", "span", "s"}
ATTRIBUTES = {"a": {"href", "rel", "class"}, "span": {"class"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto", "tel"}
LEADS_SOMEWHERE = ("https://", "http://", "mailto:", "tel:")
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def _link_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Say after every link where it leads, so that nobody is taken somewhere by its words alone."""
    opening = next(token for token in reversed(tokens[:index]) if token.type == "link_open")
    leads_to = _leads_to(str(opening.attrGet("href") or ""), written_out=opening.markup in {"autolink", "linkify"})
    where = f' <span class="elsewhere">({bleach.clean(leads_to)})</span>' if leads_to else ""
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
        return inside or url.lower().startswith(LEADS_SOMEWHERE)


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


def render(text: str) -> str:
    """Return the text as HTML that is safe to put into a page: rendered, then sanitised twice."""
    return sanitize(_PARSER.render(text))


def sanitize(html: str) -> str:
    """Keep only what a post may hold. nh3 first; bleach stops the one zero-width `javascript:` link that nh3 lets by.

    bleach has had its last release: it stands only here, so that dropping it is one edit.
    """
    first = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return bleach.clean(
        first, tags=TAGS, attributes={tag: list(names) for tag, names in ATTRIBUTES.items()}, protocols=SCHEMES
    )
