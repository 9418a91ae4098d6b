"""Copies for a meeting: one's own posts, those whose authors agreed, and, by two, others' (domain, section 7)."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from boards.models import PostVersion, Thread
from communities.lifecycle import DECIDING_OFFICES, HERE
from communities.models import Membership
from communities.policies import acts_in_office
from communities.queries import lock_membership, offices_of
from meetings.copying import can_be_copied
from meetings.lifecycle import PIECE_STEPS, ItemKind, ItemState, PieceState
from meetings.models import AgendaItem, CopiedPost, Copy
from meetings.notifications import ask_authors, ask_second, copy_key
from meetings.notifications.pack import tell_urgent
from meetings.policies import is_of
from meetings.queries import lock_item
from meetings.services.agenda import check_words, record_item, same_form, urgency_of
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

MOST_PIECES = 20


@transaction.atomic
def propose_copy(
    *, by: Membership, versions: list[PostVersion], title: str, why: str, names_out: str = "", form_key: UUID
) -> AgendaItem:
    """Bring words from the board or the log to the meeting, as a copy. One of the Top Three in office.

    Authors are told at once and can say yes or object; of what nobody said yes to, a second of the Top Three must join
    (`second_copy`), and its author has a day from being told. The same form is one copy. `versions`: what this member
    may read in the log; the caller asked. Raises `Refused`, ValidationError.
    """
    check_words(title, why)
    member = lock_membership(by)
    now = clock.now()
    require(acts_in_office(member, now))
    if (sent_before := same_form(member, form_key)) is not None:
        return sent_before
    _check_versions(versions, member, now)
    item = AgendaItem.objects.create(
        community=member.community,
        kind=ItemKind.COPY,
        title=title,
        why=why,
        by=member,
        added_at=now,
        thread=_one_thread(versions),
        urgency=urgency_of(title, why),
        form_key=form_key,
    )
    copy = Copy.objects.create(item=item, names_out=names_out)
    pieces = [_piece(copy, place, version, member, now) for place, version in enumerate(versions)]
    asked = [piece for piece in pieces if piece.state == PieceState.ASKED]
    ask_authors(asked, now)
    if asked:
        ask_second(item, now)
    tell_urgent(item, now)
    record_item(item, "propose copy", member.ref, now, pieces=len(pieces), of_others=len(asked))
    return item


def _check_versions(versions: list[PostVersion], member: Membership, now: datetime) -> None:
    if not versions:
        raise ValidationError({"versions": _("Please choose at least one post.")})
    if len(versions) > MOST_PIECES:
        raise ValidationError({"versions": _("Please choose 20 posts at most, so that the meeting has time for each.")})
    for version in versions:
        post = version.post
        if post.community_id != member.community_id or not can_be_copied(post, version, now):
            raise Refused(_("One of these posts can't be brought any more. Please look again."))
        if post.author.state not in HERE:
            raise Refused(_("Whoever wrote one of these posts has left, and can't be asked. Bring it as a pointer."))


def _one_thread(versions: list[PostVersion]) -> Thread | None:
    threads = {version.post.thread_id: version.post.thread for version in versions}
    return next(iter(threads.values())) if len(threads) == 1 else None


def _piece(copy: Copy, place: int, version: PostVersion, member: Membership, now: datetime) -> CopiedPost:
    own = version.post.author_id == member.pk
    return CopiedPost.objects.create(
        copy=copy,
        place=place,
        post=version.post,
        version=version.number,
        author=version.post.author,
        state=PieceState.AGREED if own else PieceState.ASKED,
        told_at=now,
        changed_at=now,
    )


@transaction.atomic
def second_copy(*, item: AgendaItem, by: Membership) -> AgendaItem:
    """Join in bringing other people's posts: the second of two of the Top Three. What is one's own in it is agreed to.

    Twice is once. Raises `Refused` for whoever brought it and where that one is out of office, `Conflict` when it was
    joined or taken off meanwhile.
    """
    member = lock_membership(by)
    row = lock_item(item.pk)
    now = clock.now()
    require(is_of(member, row) and acts_in_office(member, now))
    copy = Copy.objects.select_related("seconded_by").get(item=row)
    if copy.seconded_by_id == member.pk:
        return row
    if row.by_id == member.pk:
        raise Refused(_("You brought this. One more of you needs to say the same."))
    if row.state != ItemState.WAITING or copy.seconded_at is not None:
        raise Conflict(_("Somebody was quicker. Please look again."))
    if row.by is None or not offices_of(row.by, now) & DECIDING_OFFICES:
        raise Refused(_("Whoever brought this is not in office any more. Please bring it yourselves."))
    copy.seconded_by, copy.seconded_at = member, now
    copy.save(update_fields=["seconded_by", "seconded_at"])
    for piece in copy.pieces.select_for_update(of=("self",)).filter(author=member, state=PieceState.ASKED):
        _move(piece, "agree", now)
    withdraw(key_prefix=f"{copy_key(row)}:second", now=now)
    record_item(row, "second copy", member.ref, now)
    return row


@transaction.atomic
def say_to_copy(*, piece: CopiedPost, by: Membership, agrees: bool) -> CopiedPost:
    """Say yes to one's own post in a copy, or take the yes back. Its author, in any state here, while it waits.

    Objecting is another thing, heard by others (moderation). The same answer twice is one. Raises `Refused`.
    """
    member = lock_membership(by)
    row = lock_piece(piece.pk)
    item = row.copy.item
    now = clock.now()
    if row.author_id != member.pk or member.state not in HERE:
        raise Refused(_("Only its author can answer this."))
    _check_waits(item)
    verb = "agree" if agrees else "take_back_yes"
    if row.state == PIECE_STEPS[verb].target:
        return row
    _move(row, verb, now)
    record_item(item, "agree to copy" if agrees else "take back yes", member.ref, now)
    return row


@transaction.atomic
def leave_out(*, piece: CopiedPost, by: Membership) -> CopiedPost:
    """Leave one post out of a copy, for good. One of the Top Three in office. Twice is once. Raises `Refused`."""
    member = lock_membership(by)
    row = lock_piece(piece.pk)
    item = row.copy.item
    now = clock.now()
    require(is_of(member, item) and acts_in_office(member, now))
    _check_waits(item)
    if row.state != PieceState.LEFT_OUT:
        _move(row, "leave_out", now)
        record_item(item, "leave out", member.ref, now)
    return row


@transaction.atomic
def hold_for_objection(*, piece: CopiedPost, now: datetime) -> CopiedPost:
    """Take a post out of the copy while its author's objection is open. Called by moderation, which authorised it.

    Raises `Conflict` where it can't be objected to any more.
    """
    row = lock_piece(piece.pk)
    _check_waits(row.copy.item)
    return _move(row, "object", now)


@transaction.atomic
def end_objection(*, piece: CopiedPost, outcome: str, now: datetime) -> CopiedPost:
    """What came of an objection: "leave_out", "dismiss" (it stays in) or "object_no_more" (taken back).

    Called by moderation, which authorised it. Nothing where its author has said yes meanwhile.
    """
    row = lock_piece(piece.pk)
    return _move(row, outcome, now) if row.state == PieceState.OBJECTED else row


def lock_piece(pk: int) -> CopiedPost:
    """One post of a copy under its item's lock and its own, in this order everywhere. In a transaction only."""
    rows = CopiedPost.objects.select_for_update(of=("self",))
    lock_item(CopiedPost.objects.values_list("copy__item", flat=True).get(pk=pk))
    return rows.select_related("copy__item__community", "author__person", "post").get(pk=pk)


def _check_waits(item: AgendaItem) -> None:
    if item.state != ItemState.WAITING:
        raise Conflict(_("This has been to a meeting already, or was taken off."))


def _move(piece: CopiedPost, verb: str, now: datetime) -> CopiedPost:
    piece.state = target(PIECE_STEPS, verb, piece.state, said=_("This has changed meanwhile. Please look again."))
    piece.changed_at = now
    piece.save(update_fields=["state", "changed_at"])
    return piece
