"""Somebody's browser, as far as a bench needs one: cookies, forms with their token, and the form that is sent again."""

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from bench.measuring.sites import Site

NEW = "/c/fellside/board/new/"
MEMBERS = ("heron", "moss", "fern", "clover")


@dataclass
class Form:
    """A form as it was filled in; the same again is the same post."""

    fields: dict[str, str]
    acknowledged: bool = False


@dataclass
class Browser:
    """One member's browser, which keeps its sign-in over every restart of the site."""

    name: str
    address: str
    jar: CookieJar = field(default_factory=CookieJar)
    forms: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open

    def get(self, path: str) -> str:
        with self._open(self.address + path, timeout=40) as answer:
            return answer.read().decode()

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form with this browser's token; return where it led."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken") or ""
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.address + path, body, {"Referer": self.address + path})
        with self._open(request, timeout=40) as answer:
            answer.read()
            return answer.url

    def sign_in(self, login: str, password: str) -> None:
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": login, "password": password})

    def write(self, words: str) -> Form:
        """Fill in a new form with these words as title and text, and send it."""
        key = re.search(r'name="form_key" value="([^"]+)"', self.get(NEW))
        if not key:
            raise RuntimeError("the writing page has no form")
        form = Form({"title": words, "text": words, "form_key": key[1]})
        self.forms.append(form)
        self.send(form)
        return form

    def send(self, form: Form) -> None:
        """Send this form, for the first time or again."""
        form.acknowledged = "/waiting/" in self.post(NEW, form.fields)

    def send_again_what_had_no_answer(self) -> None:
        for form in self.forms:
            if not form.acknowledged:
                self.send(form)


def signed_in(site: Site, count: int) -> list[Browser]:
    """So many browsers with members of the demo signed in; some have two, as somebody with a phone and a laptop."""
    demo = json.loads(site.ask("-m", "peernet.cli", "demo", "--json"))
    known = {person["key"]: person for person in demo["people"]}
    browsers = []
    for number in range(count):
        member = known[MEMBERS[number % len(MEMBERS)]]
        browser = Browser(f"{member['key']}-{number}", site.address)
        browser.sign_in(member["sign_in_name"], member["password"])
        if "<h1>" not in browser.get(NEW):
            raise RuntimeError(f"{browser.name} is not signed in")
        browsers.append(browser)
    return browsers


LOOK = """
import django, json; django.setup()
from boards.models import Post
from tests.boards.whole import in_part
rows = Post.objects.filter(title__startswith="Round ").values_list("title", "text")
print(json.dumps({"posts": list(rows), "in_part": in_part()}))
"""


def faults(site: Site, browsers: list[Browser]) -> list[str]:
    """What is lost, there twice or in part of the forms whose words begin "Round "; every break of the record."""
    there = json.loads(site.ask("-c", LOOK))
    found = list(there["in_part"])
    texts = [text for title, text in there["posts"] if title == text]
    found += [f"title and text of different posts: {row}" for row in there["posts"] if row[0] != row[1]]
    found += [f"doubled: {text}" for text in set(texts) if texts.count(text) > 1]
    stored = set(texts)
    for browser in browsers:
        lost = (form for form in browser.forms if form.acknowledged and form.fields["text"] not in stored)
        found += [f"lost: {form.fields['text']}" for form in lost]
    return found
