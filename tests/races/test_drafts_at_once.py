"""Two pages with one draft at one moment, and a save that comes while its form is being sent (safety check 5.8)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from boards.models import Draft, DraftWords, Post
from boards.queries import drafts_of
from boards.services import OnPage, save_draft, write_post
from tests.races.race import Race, both_ways


class SaveAgainstSend(Race):
    """Whichever comes first: the form was sent, so no draft of it is left."""

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


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(SaveAgainstSend, TwoPagesSave)
