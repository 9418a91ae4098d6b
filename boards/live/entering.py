"""The door of a socket: the same steps as a page's door, from the handshake's own cookie."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404

import clock
from boards.live.pages import Page
from boards.live.sockets import NO_RIGHT, SIGNED_OUT, Socket
from boards.models import Thread
from boards.queries import access_invitation_to, access_opened_thread, access_thread
from boards.queries.feed import FeedPlace
from boards.services import note_look
from boards.services.inviting import SAME_LOOK
from communities.models import Membership
from communities.queries import enter as enter_community
from communities.queries import offices_in
from crisisplans.queries import access_opening
from people.models import Person
from people.open_sittings import key_from, open_sittings

# A page that asks again after longer than this may have grown old in more than the feed tells.
FRESH_FOR = timedelta(seconds=10)


@dataclass(frozen=True)
class Asked:
    """What a handshake asks for."""

    page: Page
    slug: str
    thread: int | None
    after: str
    opening: int | None = None


@dataclass(frozen=True)
class Entered:
    """A member who may have this page open."""

    asked: Asked
    sitting_key: str
    membership: Membership
    now: datetime

    def socket(self, *, send: Callable[[str], Awaitable[None]], close: Callable[[int], Awaitable[None]]) -> Socket:
        """What the watcher looks after."""
        place = FeedPlace.read(self.asked.after, now=self.now)
        return Socket(
            sitting_key=self.sitting_key,
            membership_id=self.membership.pk,
            community_id=self.membership.community_id,
            page=self.asked.page,
            thread_id=self.asked.thread,
            opening_id=self.asked.opening,
            place=place,
            asks_from=place.earlier(),
            stale=self.now - place.at > FRESH_FOR,
            send=send,
            close=close,
        )


def _opened(membership: Membership, asked: Asked, now: datetime) -> Thread | None:
    """The thread that a guest's page is of; None for the list. Raises Http404 without an invitation that covers it."""
    if asked.thread is None:
        access_invitation_to(membership, None, now)
        return None
    return access_opened_thread(membership, asked.thread, now)


def enter(asked: Asked, headers: Collection[tuple[bytes, bytes]]) -> Entered | int:
    """Let in whoever gets the page, or say why not: signed out, or no right (missing and not theirs alike).

    Six queries at most; more for staff whom the community asked in, as their look goes on record first.
    """
    now = clock.now()
    key = key_from(headers)
    sitting = open_sittings({key}, now).get(key) if key else None
    person = Person.objects.filter(pk=sitting.person_id).first() if sitting else None
    if sitting is None or person is None or not sitting.is_of(person):
        return SIGNED_OUT
    try:
        membership = enter_community(person=person, slug=asked.slug, sitting=sitting.sitting)
        membership.everybodys_offices = offices_in(membership.community_id, now)
        allowed = asked.page.may(membership, now)
        if allowed and asked.page.for_guests:
            note_look(by=membership, thread=_opened(membership, asked, now), again_after=SAME_LOOK)
        elif allowed and asked.page.of_an_opening:
            access_opening(membership, asked.opening or 0, now)
        elif allowed and asked.thread is not None:
            access_thread(membership, asked.thread, now)
    except Http404:
        return NO_RIGHT
    return Entered(asked, key, membership, now) if allowed else NO_RIGHT
