"""What was written in the demo, and what became of it: each post of a community's file as events in time."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import clock
from boards.lifecycle import State
from boards.models import DraftWords, Post, Thread
from boards.services import OnPage, change_post, save_draft, take_back, write_post
from communities.models import Community, Membership
from moderation.lifecycle import Verb
from moderation.services import decide
from moderation.services.deciding import Seen
from peernet.demo import book
from people.decisions import Sitting

# Where a real rule holds a post of the demo that the story wants to appear, somebody looks this soon.
LOOKED_AT_AFTER = timedelta(minutes=3)
CHANGED_AFTER = timedelta(minutes=3)
LOOKERS = ("wren", "ash", "juniper", "otter", "kestrel")
DECISIONS = {"held_released": Verb.RELEASE, "returned": Verb.RETURN, "hidden": Verb.HIDE, "removed": Verb.REMOVE}

Happening = tuple[datetime, int, Callable[[], Any]]


class Story:
    """The posts of one community, told through the real services."""

    def __init__(self, community: Community, members: dict[str, Membership], start: datetime) -> None:
        self.community, self.members, self.start = community, members, start
        self.threads: dict[str, Thread] = {}
        self.posts: dict[tuple[str, int], Post] = {}

    def events(self) -> Iterator[Happening]:
        """Every event of every post, in no order."""
        for row in book.community(self.community.slug)["thread"]:
            for place, post in enumerate(row["post"]):
                at = book.moment(post["at"], self.start)
                yield at, 10, partial(self._write, row, place, post)
                yield from self._what_became(row["key"], place, post, at)
        for draft in book.community(self.community.slug).get("draft", []):
            yield book.moment(draft["at"], self.start), 14, partial(self._draft, draft)

    def _draft(self, draft: dict[str, str]) -> None:
        page = OnPage(uuid5(NAMESPACE_URL, f"{self.community.slug} draft {draft['at']}"))
        words = DraftWords(draft["title"], draft["text"].strip())
        save_draft(by=self.members[draft["by"]], page=page, words=words)

    def _write(self, row: dict[str, Any], place: int, post: dict[str, Any]) -> None:
        author = self.members[post["by"]]
        key = uuid5(NAMESPACE_URL, f"{self.community.slug} {row['key']} {place}")
        text = post.get("changed", post["text"]).strip()
        thread = self.threads.get(row["key"])
        title = "" if thread else row["title"]
        cover = post.get("cover", "")
        written = write_post(by=author, thread=thread, title=title, text=text, cover=cover, form_key=key)
        self.threads.setdefault(row["key"], written.thread)
        self.posts[row["key"], place] = written

    def _what_became(self, key: str, place: int, post: dict[str, Any], at: datetime) -> Iterator[Happening]:
        way = post.get("way", "")
        if "changed" in post:
            yield at + CHANGED_AFTER, 11, partial(self._change, key, place, post)
        if way == "taken_back":
            yield at + timedelta(minutes=post["after_minutes"]), 12, partial(self._take_back, key, place, post)
        elif way in DECISIONS:
            yield from self._decisions(key, place, post, at)
        if way not in {"held", "held_released", "returned", "taken_back"}:
            yield at + LOOKED_AT_AFTER + timedelta(seconds=30), 13, partial(self._release_if_held, key, place)

    def _decisions(self, key: str, place: int, post: dict[str, Any], at: datetime) -> Iterator[Happening]:
        verb = DECISIONS[post["way"]]
        when = at + timedelta(minutes=post["after_minutes"])
        if "seconded_by" in post:
            yield when - timedelta(minutes=10), 12, partial(self._decide, key, place, post, verb, post["decided_by"])
            yield when, 12, partial(self._decide, key, place, post, verb, post["seconded_by"])
        else:
            yield when, 12, partial(self._decide, key, place, post, verb, post["decided_by"])

    def _change(self, key: str, place: int, post: dict[str, Any]) -> None:
        written = self._now(key, place)
        words = {"text": post["text"].strip(), "title": written.title, "cover": written.cover}
        change_post(post=written, by=self.members[post["by"]], seen_version=written.version, **words)

    def _take_back(self, key: str, place: int, post: dict[str, Any]) -> None:
        take_back(post=self._now(key, place), by=self.members[post["by"]])

    def _release_if_held(self, key: str, place: int) -> None:
        written = self._now(key, place)
        if written.state == State.HELD:
            looks = next(self.members[key] for key in LOOKERS if self._could_look(key, written))
            self._decide_as(looks, written, Verb.RELEASE, {"reason": "fine"})

    def _could_look(self, key: str, written: Post) -> bool:
        own = {written.author_id, written.thread.author_id}
        return key in self.members and self.members[key].pk not in own

    def _decide(self, key: str, place: int, post: dict[str, Any], verb: Verb, by: str) -> None:
        self._decide_as(self.members[by], self._now(key, place), verb, post)

    def _decide_as(self, member: Membership, post: Post, verb: Verb, words: dict[str, Any]) -> None:
        member.sitting = Sitting(second_factor_at=clock.now())
        seen = Seen(version=post.version, state=post.state)
        reason = words.get("reason") or "fine"
        decide(post=post, verb=verb, by=member, seen=seen, reason=reason, words=words.get("words", ""))

    def _now(self, key: str, place: int) -> Post:
        return Post.objects.get(pk=self.posts[key, place].pk)
