"""What a member writes can't become script, form, picture or disguise on somebody else's page (safety checks 1.10)."""

from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from boards.markdown import render

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "h3", "h4", "span", "s"}
ATTRIBUTES = {"a": {"href", "rel"}, "span": {"class"}, "ol": {"start"}}
SCHEMES = ("http:", "https:", "mailto:", "tel:")
BLANKS = "\u200b\u200c\u200d\ufeff\u00ad\u2060 \t\n\r\f\v\0"

PAYLOADS = [
    # Links by the front door.
    "[tea](javascript:alert(1))",
    "[tea](JaVaScRiPt:alert(1))",
    "[tea](javascript&colon;alert(1))",
    "[tea](&#106;avascript:alert(1))",
    "[tea](&#x6A;&#x61;vascript:alert(1))",
    "[tea](java&#10;script:alert(1))",
    "[tea](java&Tab;script:alert(1))",
    "[tea](java&NewLine;script:alert(1))",
    "[tea](<java\tscript:alert(1)>)",
    "[tea](\u200bjavascript:alert(1))",
    "[tea](java\u200bscript:alert(1))",
    "[tea](\ufeffjavascript:alert(1))",
    "[tea](\u00adjavascript:alert(1))",
    "[tea](java\u00adscript:alert(1))",
    "[tea](\x01javascript:alert(1))",
    "[tea](\x1fjavascript:alert(1))",
    "[tea](%6Aavascript:alert(1))",
    "[tea](javascript%3Aalert(1))",
    "[tea](\\javascript:alert(1))",
    "[tea](javascript\\:alert(1))",
    "[tea](vbscript:msgbox(1))",
    "[tea](livescript:alert(1))",
    "[tea](data:text/html,<script>alert(1)</script>)",
    "[tea](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[tea](DATA:image/svg+xml,<svg onload=alert(1)>)",
    "[tea](blob:https://example.org/1)",
    "[tea](file:///etc/passwd)",
    "[tea](filesystem:https://example.org/x)",
    "[tea](view-source:javascript:alert(1))",
    "[tea](jar:https://example.org!/x)",
    "[tea](intent://example.org#Intent;scheme=https;end)",
    '[tea](https://example.org "onmouseover=alert(1)")',
    '[tea](https://example.org" onmouseover="alert(1))',
    "[tea](https://example.org' onclick='alert(1))",
    "[tea](<https://example.org onclick=alert(1)>)",
    "[tea][1]\n\n[1]: javascript:alert(1)",
    "[tea][1]\n\n[1]: <java script:alert(1)> 'title'",
    "[![tea](javascript:alert(1))](javascript:alert(2))",
    "[a [b](javascript:alert(1))](javascript:alert(2))",
    # Autolinks.
    "<javascript:alert(1)>",
    "<javascript&colon;alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "<vbscript:x>",
    "javascript://example.org/%0Aalert(1)",
    "https://example.org/<script>alert(1)</script>",
    'https://example.org/"onmouseover=alert(1)',
    'www.example.org"><script>alert(1)</script>',
    'mail@example.org"><img src=x onerror=alert(1)>',
    # Pictures.
    "![tea](https://example.org/pixel.png)",
    "![tea](javascript:alert(1))",
    "![tea](x' onerror='alert(1))",
    '![tea](x "onerror=alert(1)")',
    '!["onerror=alert(1)](x)',
    # Raw HTML, in lines and blocks.
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=https://example.org><input name=password></form>",
    "<base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>@import 'https://example.org/x.css'</style>",
    "<div style='background:url(javascript:alert(1))'>tea</div>",
    "<a href=javascript:alert(1)>tea</a>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<p id=main class=post hx-get=/x hx-trigger=load>tea</p>",
    "<!--><script>alert(1)</script-->",
    "<!-- <img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<div\n\n><script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    # Through other syntax.
    "`<script>alert(1)</script>`",
    "```<script>\n<script>alert(1)</script>\n```",
    '``` "onmouseover=alert(1)\ntea\n```',
    "    <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "# <svg onload=alert(1)>",
    "**<img src=x onerror=alert(1)>**",
    "~~<script>alert(1)</script>~~",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;alert(1)",
    "\\<script>alert(1)\\</script>",
    '1" onload=alert(1). tea',
    "a\0<script>alert(1)</script>",
    "\u2028<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    # Disguise and breakage of the page around it.
    "</article></main><h1>Signed out</h1>",
    "</p></div><form>",
    "[tea](https://good.example@evil.example/)",
    "[tea](//evil.example/x)",
    "[tea](http://[::1)",
    "[tea](http://[x)",
    "[tea](https://xn--e1awd7f.example)",
]


class Page(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.odd: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html: str) -> list[str]:
    page = Page(html)
    found = list(page.odd)
    for tag, attributes in page.tags:
        if tag not in TAGS:
            found.append(f"tag {tag}")
        found += [f"{tag} {name}" for name in attributes if name not in ATTRIBUTES.get(tag, set())]
        found += [f"{tag} {name}={value}" for name, value in attributes.items() if bad(name, value or "")]
    return found


def bad(name: str, value: str) -> bool:
    if name == "class":
        return value != "elsewhere"
    if name != "href":
        return name == "start" and not value.isdigit()
    plain = unquote("".join(char for char in value if char not in BLANKS and char.isprintable())).lower()
    scheme = plain.partition("/")[0].partition("?")[0].partition("#")[0]
    return ":" in scheme and not plain.startswith(SCHEMES)


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_leaves_nothing_that_a_post_may_not_hold(payload: str) -> None:
    for text in (payload, f"Hello {payload} all", f"- one\n- {payload}\n\n> {payload}"):
        assert faults(render(text)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<a href='javascript:x'>t</a>",
        "<a href='&#1;java\u200bscript:x'>t</a>",
        "<p onclick=x>",
        "<p class=post>",
        "<img src=x>",
        "<!-- x -->",
        "<a href='data:text/html,x'>",
    ],
)
def test_the_look_itself_finds_what_is_wrong(html: str) -> None:
    assert faults(html)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[a good place](https://evil.example/x)", "(evil.example)"),
        ("[https://good.example](https://evil.example)", "(evil.example)"),
        ("[good](https://good.example@evil.example/)", "(evil.example)"),
        ("[good](//evil.example)", "[good](//evil.example)"),
        ("www.example.org", "(www.example.org)"),
        ("[Samaritans](tel:09011234567)", "(09011234567)"),
        ("[write to us](mailto:evil@example.org)", "(evil@example.org)"),
    ],
)
def test_link_says_where_it_leads(text: str, says: str) -> None:
    assert says in Page(render(text)).words


def test_every_link_is_marked_as_somebody_else_s() -> None:
    page = Page(render("[a](https://example.org) https://example.org <https://example.org> [b][c]\n\n[c]: /x"))
    links = [attributes for tag, attributes in page.tags if tag == "a"]
    assert len(links) == 4
    assert {link["rel"] for link in links} == {"noopener noreferrer nofollow ugc"}


def test_plain_words_stay_as_they_are_written() -> None:
    assert render("Tea & toast, 3 < 4\nand rain") == "<p>Tea &amp; toast, 3 &lt; 4<br>\nand rain</p>\n"
    shown = Page(render("# Big\n\n**bold** *soft* ~~gone~~\n\n3. three\n4. four\n\n> said\n\n---")).tags
    assert [tag for tag, _ in shown] == ["h3", "p", "strong", "em", "s", "ol", "li", "li", "blockquote", "p", "hr"]


@pytest.mark.parametrize(
    "piece", ["[", "*a ", "`a``b", ">", "[a](", "a@", "http://", "_a_", "&", "<a ", "[]", "~~a", "|"]
)
def test_the_longest_text_of_one_piece_is_rendered(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert faults(render(text)) == []
