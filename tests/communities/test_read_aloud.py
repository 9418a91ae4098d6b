"""“How we run this place” read out: in order, in short sentences, and nothing only in a table."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.http import HttpResponse

from tests.cast import Cast, client_of, on_duty
from tests.docs.test_papers import school_year

C = "/c/fellside/"


class Main(HTMLParser):
    """The headings and tags of a page's main part, and its words with a stop after each block."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page[page.index("<main") : page.index("</main>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li", "dd", "dt", "h1", "h2", "h3"}:
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[ \t]+", " ", "".join(self.words))


def main_of(response: HttpResponse) -> Main:
    return Main(response.content.decode())


@pytest.mark.parametrize("page", ["rules/", "rules/aloud/"])
def test_headings_go_down_one_by_one_and_no_table_is_needed(cast: Cast, page: str) -> None:
    on_duty(cast.wren, 0)
    main = main_of(client_of(cast.heron).get(f"{C}{page}"))
    levels = [int(tag[1]) for tag in main.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "table" not in main.tags


def test_aloud_has_everything_in_order_and_nothing_nobody_reads_out(cast: Cast) -> None:
    on_duty(cast.wren, 0)
    on_duty(cast.dale, 2)
    response = client_of(cast.heron).get(f"{C}rules/aloud/")
    text = main_of(response).text
    parts = [
        "Who looks after it",
        "When they look",
        "When staff read notices",
        "Our rules, and why",
        "Who can see what",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    for told in (
        "Wren",
        "Top Three, until",
        "A seat ends by itself",
        "Why:",
        "Since",
        "all day",
        "never to the one it is",
    ):
        assert told in text
    assert not re.search(r"\b[0-9a-f]{64}\b", text)
    body = response.content.decode()
    assert body[body.index('class="aloud"') : body.index("</main>")].count("<a ") == 0


@pytest.mark.parametrize("page", ["rules/", "rules/aloud/", "welcome/"])
def test_page_is_easy_for_a_child_of_ten(cast: Cast, page: str) -> None:
    # The same measure as for the guides (tests/docs/test_papers.py): length of sentences and of words, Flesch-Kincaid.
    # A little above the guides' limit: names of standings ("members suspended from the board") are long words.
    on_duty(cast.wren, 0)
    text = main_of(client_of(cast.heron).get(f"{C}{page}")).text
    assert school_year(re.sub(r"\b[0-9a-f]{64}\b", "", text)) < 6


def test_print_leaves_only_the_words(cast: Cast) -> None:
    page = client_of(cast.heron).get(f"{C}rules/aloud/").content.decode()
    assert 'class="no-print"' in page
