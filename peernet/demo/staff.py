"""What passes between a community and its staff in the demo: asked into a thread, told of something, a number left."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import clock
from boards.models import Thread
from boards.services import note_look
from communities.models import Membership
from moderation.lifecycle import DangerTo, EventKind, EventNeed
from moderation.models import StaffNotice
from moderation.services.asking_in import ask_staff_in, second_asking_in
from moderation.services.danger import answer_danger_notice, ask_danger_notice, end_danger, note_danger_look
from moderation.services.for_staff import acknowledge, tell_staff
from moderation.services.numbers import leave_number
from peernet.demo.story import Happening
from people.decisions import Sitting

DANGER_WORDS = "She wrote goodbye to all of us at six this morning. She does not answer. She lives on her own."


def events(slug: str, members: dict[str, Membership], start: datetime) -> Iterator[Happening]:
    """What happens between staff and Fellside; nothing at Riverside."""
    if slug != "fellside":
        return
    story = _Story(members)
    yield start - timedelta(days=9, hours=3), 30, story.leaves_a_number
    yield start - timedelta(days=6, hours=5), 30, story.is_in_danger
    yield start - timedelta(days=6, hours=4, minutes=50), 30, story.is_seen
    yield start - timedelta(days=5), 30, story.is_over
    yield start - timedelta(days=1, hours=20), 30, story.asks_staff_in
    yield start - timedelta(days=1, hours=2), 30, story.staff_look
    yield start - timedelta(hours=6), 30, story.tells_staff


class _Story:
    def __init__(self, members: dict[str, Membership]) -> None:
        self.members = members

    def acting(self, key: str) -> Membership:
        member = self.members[key]
        member.sitting = Sitting(second_factor_at=clock.now())
        return member

    def leaves_a_number(self) -> None:
        leave_number(by=self.members["fern"], number="07700 900123", ask_for="Fern, or her sister")

    def is_in_danger(self) -> None:
        danger = ask_danger_notice(
            by=self.acting("wren"),
            about=self.members["fern"],
            to=DangerTo.LIFE,
            words=DANGER_WORDS,
            adds_danger=False,
            form_key=uuid5(NAMESPACE_URL, "demo danger"),
        )
        self.danger = answer_danger_notice(danger=danger, by=self.acting("ash"), verb="agree")

    def is_seen(self) -> None:
        note_danger_look(danger=self.danger, by=self.acting("dale"))
        acknowledge(notice=StaffNotice.objects.get(danger=self.danger), by=self.acting("dale"))

    def is_over(self) -> None:
        end_danger(danger=self.danger, by=self.acting("dale"))

    def asks_staff_in(self) -> None:
        now, community = clock.now(), self.members["wren"].community
        shown = Thread.objects.filter(community=community, shown_from__lte=now)
        self.thread = shown.order_by("-shown_posts", "pk")[0]
        asking = ask_staff_in(
            by=self.acting("wren"),
            staff=[self.members["dale"]],
            thread=self.thread,
            until=now + timedelta(days=8),
            form_key=uuid5(NAMESPACE_URL, "demo asking in"),
        )
        second_asking_in(asking=asking, by=self.acting("ash"))

    def staff_look(self) -> None:
        note_look(by=self.acting("dale"), thread=self.thread)

    def tells_staff(self) -> None:
        key = uuid5(NAMESPACE_URL, "demo event")
        tell_staff(by=self.acting("ash"), kind=EventKind.QUARREL, need=EventNeed.TALK, form_key=key)
