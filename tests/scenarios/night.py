"""What the stories share: somebody's browser, a page read plainly, and sending its form."""

import html
import re

from django.test import Client

from tests.answers.forms import form_with

NEW = "/c/fellside/board/new/"
BOARD = "/c/fellside/board/"
WAITING = "/c/fellside/waiting/"
QUEUE = "/c/fellside/moderation/"
NOTICES = "/notices/"


def page(browser: Client, address: str) -> str:
    """The page as it is read: words, without the marks between them."""
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return plain(answer.content.decode())


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def links(browser: Client, address: str, below: str) -> list[str]:
    """Where the page's links to single things below this address lead, in order."""
    found = re.findall(r'href="([^"]+)"', browser.get(address).content.decode())
    return [link for link in found if re.fullmatch(rf"{below}\d+/", link)]


def threads(browser: Client) -> list[str]:
    """Where the board's threads are, in its order."""
    return links(browser, BOARD, BOARD)


def send(browser: Client, address: str, field: str = "form_key", **words: str) -> str:
    """Open the page, fill its form and send it; return where that leads."""
    form = form_with(browser.get(address), field)
    answer = browser.post(address, form | words)
    assert answer.status_code == 302, plain(answer.content.decode())
    return answer.headers["Location"]


def decide(browser: Client, address: str, verb: str, reason: str = "other", words: str = "") -> str:
    """Open the page of a post, decide, and return where that leads."""
    return send(browser, address, "version", verb=verb, reason=reason, words=words)
