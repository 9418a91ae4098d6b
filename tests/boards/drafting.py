"""Short ways for the tests of drafts: keeping one, what is kept, and the writing form as a browser would send it."""

from typing import Any
from uuid import uuid4

from django.test import Client

from boards.models import DraftWords
from boards.queries import drafts_of
from boards.services import OnPage, Saved, save_draft
from communities.models import Membership
from tests.answers.forms import form_with

NEW, WAITING = "/c/fellside/board/new/", "/c/fellside/waiting/"
JSON = {"Accept": "application/json"}


def keep(by: Membership, text: str, page: OnPage | None = None, **place: Any) -> Saved:
    return save_draft(by=by, page=page or OnPage(uuid4(), uuid4()), words=DraftWords("", text), **place)


def texts(by: Membership) -> list[str]:
    return sorted(draft.words.text for draft in drafts_of(by))


def writing(client: Client, address: str = NEW) -> dict[str, str]:
    """The writing form of a page as a browser would send it."""
    return form_with(client.get(address), "page_key")
