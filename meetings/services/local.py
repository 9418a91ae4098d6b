"""Keeping the page of local life: writing a piece, changing it, looking it over, taking it off and putting it back."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from clock.london import day_of
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.local import LOCAL_STEPS, LocalDone, LocalState
from meetings.models.local import LocalChange, LocalPiece
from meetings.notifications.local import due_key
from meetings.notifications.pack import end_piece_notices, tell_urgent_piece
from meetings.places_named import speaks_of_oneself, without_places
from meetings.policies.local import may_change_piece, may_keep_local, may_take_words_away
from meetings.queries.local import due_pieces, lock_piece_of
from meetings.services.agenda import urgency_of
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

# A page that can be read through; a phone loads it on a bad line.
MOST_PIECES = 80
DONE_BY = {"take_off": LocalDone.TAKEN_OFF, "put_back": LocalDone.PUT_BACK}


class LocalWords(NamedTuple):
    """What a piece says: its title, words, a telephone number, an address on the web, when it is open."""

    title: str
    words: str = ""
    phone: str = ""
    web: str = ""
    times: str = ""


@transaction.atomic
def add_piece(*, by: Membership, kind: str, says: LocalWords, form_key: UUID) -> LocalPiece:
    """Put a new piece on the page. Active members; the same form twice is one piece.

    Raises `Refused`, also where the page is full.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_keep_local(member))
    if (there := LocalPiece.objects.filter(made_by=member, form_key=form_key).first()) is not None:
        return there
    if LocalPiece.objects.shown().filter(community=member.community).count() >= MOST_PIECES:
        raise Refused(_("The page is full. Please take something off first that nobody needs any more."))
    piece = LocalPiece.objects.create(
        community=member.community,
        kind=kind,
        checked_on=day_of(now),
        checked_by=member,
        made_by=member,
        made_at=now,
        urgency=_urgency(says),
        form_key=form_key,
        **says._asdict(),
    )
    tell_urgent_piece(piece, member, now)
    _note(piece, LocalDone.WRITTEN, member, now, says)
    return piece


@transaction.atomic
def change_piece(*, piece: LocalPiece, by: Membership, says: LocalWords, seen: int) -> LocalPiece:
    """Change what a piece says; the text before is kept in its history. Active members, from the edition they saw.

    The same words again change nothing. Raises `Refused`, `Conflict` when somebody was quicker.
    """
    member, row, now = _locked(piece, by)
    if LocalWords(row.title, row.words, row.phone, row.web, row.times) == says:
        return row
    _check_seen(row, seen)
    row.edition += 1
    row.urgency = _urgency(says)
    for name, text in says._asdict().items():
        setattr(row, name, text)
    _looked_over(row, member, now)
    row.save()
    if row.state == LocalState.SHOWN:
        tell_urgent_piece(row, member, now)
    _note(row, LocalDone.CHANGED, member, now, says)
    return row


@transaction.atomic
def check_piece(*, piece: LocalPiece, by: Membership, seen: int) -> LocalPiece:
    """Say that a piece still holds: from today it counts half a year anew. Active members, of the edition they saw.

    Twice on one day is once. Raises `Refused`, `Conflict` when it was changed or taken off meanwhile.
    """
    member, row, now = _locked(piece, by)
    _check_seen(row, seen)
    if row.state != LocalState.SHOWN:
        raise Conflict(_("This was taken off the page meanwhile."))
    if row.checked_on < day_of(now):
        _looked_over(row, member, now)
        row.save(update_fields=["checked_on", "checked_by"])
        _note(row, LocalDone.CHECKED, member, now)
        if not due_pieces(row.community, day_of(now)):
            withdraw(key_prefix=due_key(row.community), now=now)
    return row


@transaction.atomic
def move_piece(*, piece: LocalPiece, by: Membership, verb: str) -> LocalPiece:
    """Take a piece off the page, or put it back ("take_off", "put_back"). Active members; twice is once.

    Raises `Refused`, also for a piece whose words were taken away.
    """
    member, row, now = _locked(piece, by)
    if not row.title:
        raise Refused(_("Its words were taken away. Please write them anew."))
    if row.state != LOCAL_STEPS[verb].target:
        row.state = target(LOCAL_STEPS, verb, row.state, said="")
        row.save(update_fields=["state"])
        if row.state == LocalState.SHOWN:
            tell_urgent_piece(row, member, now)
        else:
            end_piece_notices(row, now)
        _note(row, DONE_BY[verb], member, now)
    return row


@transaction.atomic
def take_words_away(*, change: LocalChange, by: Membership) -> LocalChange:
    """Take an earlier text out of a piece's history for good: words that should never have stood there.

    The Top Three in office; that there was a text stays. Twice is once. Raises `Refused`, `Conflict` for the text that
    stands on the page now.
    """
    member = lock_membership(by)
    piece = lock_piece_of(change.piece_id)
    row = LocalChange.objects.select_related("piece").get(pk=change.pk)
    now = clock.now()
    require(may_take_words_away(member, row, now))
    if row.edition == piece.edition and piece.state == LocalState.SHOWN:
        raise Conflict(_("These words stand on the page now. Change them first, or take the piece off."))
    if row.gone_at is None:
        blank_changes([row], now)
        _record(piece, "take local words away", member, now)
    return row


def blank_changes(changes: list[LocalChange], now: datetime) -> None:
    """Blank these texts of a history; of a piece off the page what it says too. Called by services in a transaction."""
    for row in changes:
        row.title = row.words = row.phone = row.web = row.times = ""
        row.gone_at = now
        row.save()
        _blank_hidden(row)


def _blank_hidden(row: LocalChange) -> None:
    # What is off the page is read nowhere but in its history: with its text there it goes from the piece too.
    newest = LocalPiece.objects.filter(pk=row.piece_id, edition=row.edition, state=LocalState.TAKEN_OFF)
    newest.update(title="", words="", phone="", web="", times="", urgency=0)


def _locked(piece: LocalPiece, by: Membership) -> tuple[Membership, LocalPiece, datetime]:
    member = lock_membership(by)
    row = lock_piece_of(piece.pk)
    now = clock.now()
    require(may_change_piece(member, row))
    return member, row, now


def _check_seen(row: LocalPiece, seen: int) -> None:
    if row.edition != seen:
        said = _("Somebody changed this while you had it open. Here is what it says now.")
        raise Conflict(said, facts={"edition": str(row.edition), "title": row.title, "text": row.words})


def _looked_over(row: LocalPiece, member: Membership, now: datetime) -> None:
    row.checked_on, row.checked_by = day_of(now), member


def _urgency(says: LocalWords) -> int:
    """As for a post; but a river or a bridge alone is a place here, where nobody writes of themselves."""
    words = f"{says.words}\n{says.times}"
    if speaks_of_oneself(f"{says.title}\n{words}"):
        return urgency_of(says.title, words)
    return urgency_of(without_places(says.title), without_places(words))


def _note(piece: LocalPiece, done: LocalDone, by: Membership, now: datetime, says: LocalWords | None = None) -> None:
    words = says._asdict() if says else {}
    LocalChange.objects.create(piece=piece, edition=piece.edition, done=done, by=by, at=now, **words)
    _record(piece, f"local piece {done.value.replace('_', ' ')}", by, now)


def _record(piece: LocalPiece, verb: str, by: Membership, now: datetime) -> None:
    facts: dict[str, Any] = {"kind": str(piece.kind), "edition": piece.edition}
    record(chain=piece.community.chain, verb=verb, actor=by.ref, subject=piece.ref, at=now, facts=facts)
