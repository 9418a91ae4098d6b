"""The way of a post as plain Python, read from the domain (section 6) and not from the code: what the tests expect."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.boards.model_objections import Case, Objected
from tests.steps import HELD

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(hours=24)
MONTH = timedelta(days=30)
TOP_THREE, ALTERNATE = {"wren", "ash", "juniper"}, "rowan"


def pause(at: datetime) -> timedelta:
    """5 minutes, 15 from 22:00 to 07:00."""
    here = at.astimezone(LONDON).time()
    return timedelta(minutes=5 if time(7) <= here < time(22) else 15)


@dataclass
class Author:
    key: str
    active: bool = True


@dataclass
class Words:
    """One version of a post."""

    text: str
    at: datetime
    was_held: bool
    gone: bool = False


@dataclass
class ModelPost:
    pk: int
    author: str
    thread: int | None
    opening: bool
    state: str
    pause_ends: datetime
    visible_at: datetime | None
    words: list[Words]
    since: datetime
    hidden_at: datetime | None = None
    first: tuple[str, str, int] | None = None  # who, verb, version
    returned: set[str] = field(default_factory=set)
    decisions: list[tuple[int, str]] = field(default_factory=list)
    opener: str = ""
    aside: set[str] = field(default_factory=set)
    warned: set[int] = field(default_factory=set)
    case: Case = field(default_factory=Case)

    @property
    def version(self) -> int:
        return len(self.words)

    def stands(self, now: datetime) -> bool:
        return self.state == "accepted" and self.visible_at is not None and self.visible_at <= now

    def rests(self, now: datetime) -> bool:
        return self.state == "accepted" and not self.stands(now)


@dataclass
class Model:
    authors: dict[str, Author]
    posts: dict[int, ModelPost] = field(default_factory=dict)

    def may_write(self, by: str) -> bool:
        return self.authors[by].active

    def write(self, pk: int, by: str, text: str, now: datetime, thread: int | None) -> ModelPost:
        held = HELD in text
        ends = now + pause(now)
        state, visible = ("held", None) if held else ("accepted", ends)
        words = [Words(text, now, held)]
        opener = next((post.opener for post in self.posts.values() if thread is not None and post.thread == thread), by)
        self.posts[pk] = ModelPost(pk, by, thread, thread is None, state, ends, visible, words, now, opener=opener)
        return self.posts[pk]

    def may_change(self, post: ModelPost, now: datetime) -> bool:
        waits = post.rests(now) or post.state in {"held", "returned"}
        return waits and self.authors[post.author].active

    def change(self, post: ModelPost, text: str, now: datetime) -> None:
        held = post.state == "held" or HELD in text  # a change never lifts a hold
        post.words.append(Words(text, now, held))
        post.pause_ends = now + pause(now)
        post.state, post.visible_at, post.since = ("held", None, now) if held else ("accepted", post.pause_ends, now)

    def take_back(self, post: ModelPost, now: datetime) -> None:
        if post.state != "taken_back":
            post.state, post.visible_at, post.since = "taken_back", None, now

    def decision(self, post: ModelPost, by: str, verb: str, now: datetime) -> str:
        offered = {
            "held": {"release", "return", "remove"},
            "hidden": {"put_back", "remove"},
            "accepted": {"hide", "remove", "warn"} if post.stands(now) else set(),
        }.get(post.state, set())
        circle = self.circle(post)
        if by not in circle or verb not in offered:
            return "no"
        if post.first and post.first[1:] == (verb, post.version) and post.first[0] in circle:
            return "no" if post.first[0] == by else "done"
        if verb == "warn":
            return "no" if post.version in post.warned else "done"
        long_hidden = post.hidden_at is not None and now >= post.hidden_at + DAY
        again = verb == "return" and post.words[-1].text in post.returned
        return "first" if verb == "remove" or long_hidden or again else "done"

    def decide(self, post: ModelPost, by: str, verb: str, outcome: str, now: datetime) -> None:
        post.decisions.append((post.version, verb))
        first = post.first[0] if post.first and post.first[1:] == (verb, post.version) else None
        joined = outcome == "done" and first in self.circle(post) and first != by
        if outcome == "first":
            post.case.lapse()
            post.first = (by, verb, post.version)
            post.case.voice(by, verb)
            if post.stands(now):
                self._hide(post, now)
                post.case.tell("hide", now)
            return
        post.first = None
        if joined:
            post.case.join(by)
        else:
            post.case.lapse()
            post.case.take(by, verb)
        getattr(self, f"_{verb}")(post, now)
        if verb != "warn":
            post.since = now
        if verb in {"release", "put_back"}:
            post.case.undone_by_others()
        else:
            post.case.tell(verb, now)

    def circle(self, post: ModelPost) -> set[str]:
        """Those who may decide: the Top Three without a conflict; the alternate too where fewer than two are left."""
        left = TOP_THREE - {post.author, post.opener} - post.aside
        return left | ({ALTERNATE} - {post.author, post.opener} - post.aside) if len(left) < 2 else left

    def step_aside(self, post: ModelPost, by: str) -> None:
        post.aside.add(by)
        if post.first and post.first[0] == by:
            post.first = None
            post.case.lapse()

    # Objections (domain, section 4.11).

    def hearers(self, post: ModelPost) -> set[str]:
        """Those of the Top Three who took no part, without a conflict; the alternate where they are too few."""
        not_they = post.case.took_part() | {post.author, post.opener} | post.aside
        left = TOP_THREE - not_they
        return left | ({ALTERNATE} - not_they) if len(left) < post.case.fewest() else left

    def may_object(self, post: ModelPost) -> bool:
        told, one = post.case.told, post.case.objection
        if told is None or post.state == "erased":
            return False
        return one is None or one.open or one.state == "withdrawn" or one.made_at < told[1]

    def object(self, post: ModelPost, now: datetime) -> None:
        if post.case.objection is None or not post.case.objection.open:
            post.case.objection = Objected(now)
            self.ask_or_bring(post)

    def ask_or_bring(self, post: ModelPost) -> None:
        if len(self.hearers(post)) < post.case.fewest():
            post.case.bring()

    def hear(self, post: ModelPost, by: str, verdict: str, now: datetime) -> bool:
        """What comes of it; False where it is refused."""
        one = post.case.objection
        if one is None or one.state != "open" or by not in self.hearers(post):
            return False
        if verdict == "to_meeting":
            post.case.bring()
        elif verdict == "let_stand":
            one.state = "stands"
        else:
            first = one.first if one.first in self.hearers(post) else None
            if post.case.fewest() == 2 and first is None:
                one.first = by
                return True
            if first == by:
                return False
            one.state = "undone"
            self._lead_back(post, now)
        return True

    def _lead_back(self, post: ModelPost, now: datetime) -> None:
        back = post.state == "hidden" or (post.state == "removed" and post.visible_at is not None)
        if back or post.state in {"removed", "returned"}:
            verb = "put_back" if back else "release"
            post.case.lapse()
            post.first = None
            post.decisions.append((post.version, verb))
            getattr(self, f"_{verb}")(post, now)
            post.since = now

    def follow_up(self, now: datetime) -> None:
        """What the sweep does: nobody heard it for three days, or too few are left."""
        for post in self.posts.values():
            one = post.case.objection
            if one is not None and one.state == "open":
                if one.made_at <= now - 3 * DAY:
                    post.case.bring()
                else:
                    self.ask_or_bring(post)

    def _warn(self, post: ModelPost, now: datetime) -> None:
        post.warned.add(post.version)

    def _release(self, post: ModelPost, now: datetime) -> None:
        post.state, post.visible_at = "accepted", max(now, post.pause_ends)

    def _return(self, post: ModelPost, now: datetime) -> None:
        post.state, post.visible_at = "returned", None
        post.returned.add(post.words[-1].text)

    def _hide(self, post: ModelPost, now: datetime) -> None:
        post.state, post.hidden_at, post.since = "hidden", now, now

    def _put_back(self, post: ModelPost, now: datetime) -> None:
        post.state, post.hidden_at = "accepted", None

    def _remove(self, post: ModelPost, now: datetime) -> None:
        post.state, post.hidden_at = "removed", None

    def suspend(self, by: str, now: datetime) -> None:
        self.authors[by].active = False
        for post in self.posts.values():
            if post.author == by and post.rests(now):
                post.state, post.visible_at, post.since = "held", None, now
                post.words[-1].was_held = True

    def erase(self, now: datetime) -> None:
        """Words changed or taken back in their pause, never held: gone after 30 days."""
        for post in self.posts.values():
            if post.state == "taken_back" and not post.words[-1].was_held and post.since + MONTH <= now:
                post.state = "erased"
                for words in post.words:
                    words.gone = words.gone or not words.was_held
            for words in post.words[:-1]:
                words.gone = words.gone or (not words.was_held and words.at + MONTH <= now)

    def texts(self) -> dict[tuple[int, int], str]:
        return {
            (post.pk, number): "" if words.gone else words.text
            for post in self.posts.values()
            for number, words in enumerate(post.words, 1)
        }

    def on_board(self, now: datetime) -> list[ModelPost]:
        return [post for post in self.posts.values() if post.stands(now)]

    def board(self, now: datetime) -> list[tuple[int, datetime, int]]:
        """(thread, latest, posts) of each thread whose opening has come to the board, the latest first."""
        rows = []
        for opening in self.posts.values():
            came = opening.visible_at is not None and opening.visible_at <= now
            if opening.opening and came and opening.state in {"accepted", "hidden", "removed"}:
                here = [post.visible_at for post in self.on_board(now) if post.thread == opening.thread]
                rows.append((opening.thread, max(here, default=opening.visible_at), len(here)))
        return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)

    def thread(self, pk: int, now: datetime) -> list[int]:
        """Posts that stand, or stood, in a thread, in the order (visible_at, id)."""
        there = [
            (post.visible_at, post.pk)
            for post in self.posts.values()
            if post.thread == pk
            and post.state in {"accepted", "hidden", "removed"}
            and post.visible_at is not None
            and post.visible_at <= now
        ]
        return [pk for _at, pk in sorted(there)]
