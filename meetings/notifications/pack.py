"""That something on the agenda, on the page of local life or in a poll of times may be about danger: told to those who
look, never what it is (safety checks, 6.5)."""

from datetime import datetime

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.watching import WATCH, while_on_duty
from communities.models import Membership
from meetings.lifecycle import ItemState
from meetings.models import AgendaItem, LocalPiece, TimePoll
from meetings.notifications.community_meeting import copy_key
from meetings.urgent import AGAIN, DANGER, looks_after_it, nobody_has_looked, tell_of_danger
from notices import kinds
from notices.models import Notice
from notices.services import withdraw

URGENT, WORDS = "item_urgent", "words_urgent"


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    said = _("Something needs one of you to look at it soon.")
    still = _("Something still needs one of you to look at it soon.")
    for kind, words, wanted in (
        (URGENT, said, _still_stands),
        (WORDS, said, _still_stands),
        (AGAIN, still, _still_unread),
    ):
        kinds.register(
            kind, words, still_wanted=wanted, group=WATCH, in_quiet_hours=while_on_duty, opens=looks_after_it
        )


def tell_urgent(item: AgendaItem, now: datetime) -> None:
    """Tell those who look of an item that may be about danger. Called in the transaction that puts it there."""
    if item.urgency >= DANGER and item.by is not None:
        path = reverse("meetings:next", args=[item.community.slug])
        tell_of_danger(kind=URGENT, stem=_key(item), path=path, by=item.by, now=now)


def tell_urgent_piece(piece: LocalPiece, by: Membership, now: datetime) -> None:
    """The same of words that this member put on the page of local life; what was told of earlier ones is taken back."""
    end_piece_notices(piece, now)
    if piece.urgency >= DANGER:
        path = reverse("meetings:local", args=[by.community.slug])
        # With the moment: what is taken off and put back is told of anew.
        stem = f"{_piece_key(piece)}:{piece.edition}:{int(now.timestamp() * 1000)}"
        tell_of_danger(kind=WORDS, stem=stem, path=path, by=by, now=now)


def tell_urgent_poll(poll: TimePoll, by: Membership, now: datetime) -> None:
    """The same of the words with which this member asks about times."""
    if poll.urgency >= DANGER:
        path = reverse("meetings:times_one", args=[by.community.slug, poll.pk])
        tell_of_danger(kind=WORDS, stem=_poll_key(poll), path=path, by=by, now=now)


def end_notices(item: AgendaItem, now: datetime) -> None:
    """Take back what was told about an item that waits no more."""
    withdraw(key_prefix=copy_key(item), now=now)
    withdraw(key_prefix=f"{_key(item)}:", now=now)


def end_piece_notices(piece: LocalPiece, now: datetime) -> None:
    """Take back what was told of words that stand there no more."""
    withdraw(key_prefix=_piece_key(piece), now=now)


def end_poll_notices(poll: TimePoll, now: datetime) -> None:
    """Take back what was told of words of a poll that is over."""
    withdraw(key_prefix=_poll_key(poll), now=now)


def _key(item: AgendaItem) -> str:
    return f"{URGENT}:{item.pk}"


def _piece_key(piece: LocalPiece) -> str:
    return f"{WORDS}:local:{piece.pk}"


def _poll_key(poll: TimePoll) -> str:
    return f"{WORDS}:times:{poll.pk}"


def _still_stands(notice: Notice) -> bool:
    return _where(notice.key.split(":")).exists() and looks_after_it(notice)


def _still_unread(notice: Notice) -> bool:
    return _still_stands(notice) and nobody_has_looked(notice)


def _where(key: list[str]) -> QuerySet[Model]:
    """The row that these words stand in, while they do."""
    if key[0] == URGENT:
        return AgendaItem.objects.filter(pk=int(key[1]), state=ItemState.WAITING)
    if key[1] == "local":
        return LocalPiece.objects.shown().filter(pk=int(key[2]), edition=int(key[3]))
    return TimePoll.objects.open().filter(pk=int(key[2])).exclude(title="")
