"""What two people do to one post at the same moment: one is first, the other is told (safety checks 5.4, 5.5)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import IntegrityError

from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.services import change_post, take_back, write_post
from communities.models import Membership
from moderation.lifecycle import Verb
from moderation.models import PostDecision
from moderation.services import change_standing, decide
from moderation.services.deciding import Seen
from tests.cast import sitting_now
from tests.races.race import Race, both_ways, lost
from tests.steps import HELD, decided, fresh, start


def deciding(post: Post, verb: Verb, by: Membership) -> Callable[[], Any]:
    seen = Seen(version=post.version, state=post.state)
    return partial(decide, post=post, verb=verb, by=sitting_now(by), seen=seen, reason="other")


class OnAPost(Race):
    """What holds beside: no version of a post is lost or doubled."""

    def run(self, patience: float, first: int | None = None) -> bool:
        held = super().run(patience, first)
        return held and PostVersion.objects.count() == sum(Post.objects.values_list("version", flat=True))


class SameFormTenTimes(OnAPost):
    racers = 10

    def prepare(self) -> None:
        self.key = uuid4()

    def jobs(self) -> list[Callable[[], Any]]:
        send = partial(write_post, by=self.cast.heron, title="Once", text="Only once", form_key=self.key)
        return [send] * self.racers

    def held(self, outcomes: list[Any]) -> bool:
        broken = [fault for fault in outcomes if isinstance(fault, IntegrityError)]
        same = len({post.pk for post in outcomes if isinstance(post, Post)}) == 1
        return same and not broken and Post.objects.filter(form_key=outcomes[0].form_key).count() == 1


class ReleaseAgainstRemoval(OnAPost):
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        decided(self.post, "remove", self.cast.wren)

    def jobs(self) -> list[Callable[[], Any]]:
        return [
            deciding(self.post, Verb.REMOVE, self.cast.ash),
            deciding(self.post, Verb.RELEASE, self.cast.juniper),
        ]

    def held(self, outcomes: list[Any]) -> bool:
        removal, release = outcomes
        state = fresh(self.post).state
        removed = state == State.REMOVED and lost(release) and not lost(removal)
        return removed or (state == State.ACCEPTED and lost(removal) and not lost(release))


class TwoConfirmARemoval(ReleaseAgainstRemoval):
    def jobs(self) -> list[Callable[[], Any]]:
        return [deciding(self.post, Verb.REMOVE, by) for by in (self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(map(lost, outcomes)) == [False, True] and fresh(self.post).state == State.REMOVED


class TwoBeginARemoval(OnAPost):
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)

    def jobs(self) -> list[Callable[[], Any]]:
        return [deciding(self.post, Verb.REMOVE, by) for by in (self.cast.ash, self.cast.juniper)]

    def held(self, outcomes: list[Any]) -> bool:
        # Whoever comes second is the second voice: together they have removed it.
        row = PostDecision.objects.filter(post=self.post)
        return fresh(self.post).state == State.REMOVED and row.count() == 1 and not any(map(lost, outcomes))


class TakeBackAgainstRelease(OnAPost):
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        self.moment.shift(timedelta(hours=1))  # its pause is over: a release puts it on the board at once

    def jobs(self) -> list[Callable[[], Any]]:
        back = partial(take_back, post=self.post, by=self.cast.heron)
        return [back, deciding(self.post, Verb.RELEASE, self.cast.wren)]

    def held(self, outcomes: list[Any]) -> bool:
        return sorted(map(lost, outcomes)) == [False, True]


class ChangeAgainstRelease(OnAPost):
    def prepare(self) -> None:
        self.post = start(self.cast.heron, HELD)
        self.moment.shift(timedelta(hours=1))

    def jobs(self) -> list[Callable[[], Any]]:
        words = {"seen_version": 1, "title": "A", "text": f"Worse: {HELD}"}
        change = partial(change_post, post=self.post, by=self.cast.heron, **words)
        return [change, deciding(self.post, Verb.RELEASE, self.cast.wren)]

    def held(self, outcomes: list[Any]) -> bool:
        # Never words on the board that nobody has seen.
        post = fresh(self.post)
        return sorted(map(lost, outcomes)) == [False, True] and (post.state == State.HELD) == (post.version == 2)


class SuspensionAgainstWriting(OnAPost):
    def prepare(self) -> None:
        Membership.objects.filter(pk=self.cast.heron.pk).update(state="active", suspended_from="", suspended_until=None)
        Post.objects.filter(author=self.cast.heron, state=State.ACCEPTED).update(state=State.REMOVED)

    def jobs(self) -> list[Callable[[], Any]]:
        suspend = partial(
            change_standing,
            membership=self.cast.heron,
            verb="suspend",
            by="site",
            suspended_from="board",
            suspended_until=self.moment.at + timedelta(days=7),
        )
        return [suspend, partial(start, self.cast.heron)]

    def held(self, outcomes: list[Any]) -> bool:
        waits = Post.objects.filter(author=self.cast.heron, state=State.ACCEPTED).exists()
        return not waits and not lost(outcomes[0])


test_with_locks_it_holds, test_without_locks_it_breaks = both_ways(
    SameFormTenTimes,
    ReleaseAgainstRemoval,
    TwoConfirmARemoval,
    TwoBeginARemoval,
    TakeBackAgainstRelease,
    ChangeAgainstRelease,
    SuspensionAgainstWriting,
)
