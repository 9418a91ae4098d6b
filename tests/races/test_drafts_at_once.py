"""Two pages with one draft at one moment, and a save that comes while its form is being sent (safety check 5.8)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from boards.models import Draft, DraftWords, Post
from boards.queries import drafts_of
from boards.services import OnPage, save_draft, write_post
from tests.cast import Cast
from tests.races.at_once import Moment
from tests.races.test_two_at_once_on_a_post import FREE, LOCKED, Patch, Race, fails_without_locks


class SaveAgainstSend(Race):
    """Whichever comes first: the form was sent, so no draft of it is left."""

    meets = ("boards.services.drafts.was_sent_from", "boards.services.writing.drop_sent")

    def prepare(self) -> None:
        Draft.objects.all().delete()
        self.page = OnPage(uuid4(), uuid4(), attempt=1)

    def jobs(self) -> list[Callable[[], Any]]:
        key = self.page.form_key
        send = partial(write_post, by=self.cast.heron, title="A", text="All of it", form_key=key, page=self.page)
        save = partial(save_draft, by=self.cast.heron, page=self.page, words=DraftWords("A", "All of"))
        return [send, save]

    def held(self, outcomes: list[Any]) -> bool:
        return isinstance(outcomes[0], Post) and drafts_of(self.cast.heron) == []


class TwoPagesSave(Race):
    """Both saw the same draft and wrote on differently: both are kept."""

    meets = ("boards.services.drafts._draft_of",)

    def prepare(self) -> None:
        Draft.objects.all().delete()
        self.key = uuid4()
        save_draft(by=self.cast.heron, page=OnPage(self.key, uuid4()), words=DraftWords("", "Begun"))

    def jobs(self) -> list[Callable[[], Any]]:
        def save(text: str) -> Callable[[], Any]:
            page = OnPage(self.key, uuid4(), 1, 1)
            return partial(save_draft, by=self.cast.heron, page=page, words=DraftWords("", text))

        return [save("On the phone"), save("In the library")]

    def held(self, outcomes: list[Any]) -> bool:
        kept = {draft.words.text for draft in drafts_of(self.cast.heron)}
        return kept == {"On the phone", "In the library"} and sum(saved.apart for saved in outcomes) == 1


RACES = [SaveAgainstSend, TwoPagesSave]


@pytest.mark.parametrize("kind", RACES)
def test_no_draft_is_lost_or_comes_back(cast: Cast, moment: Moment, monkeypatch: Patch, kind: type[Race]) -> None:
    race = kind(cast, moment, monkeypatch)
    assert [race.run(LOCKED) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("kind", RACES)
def test_without_locks_one_would(cast: Cast, moment: Moment, monkeypatch: Patch, kind: type[Race]) -> None:
    race = kind(cast, moment, monkeypatch)
    fails_without_locks(monkeypatch, lambda: race.run(FREE))
