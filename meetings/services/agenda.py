"""What comes onto the agenda, goes off it, and what a meeting made of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from boards import screening
from boards.models import Thread
from boards.services import note_in_thread
from communities.models import Community, Membership
from communities.queries import lock_membership
from meetings.items import way_of
from meetings.lifecycle import ITEM_STEPS, ItemKind, ItemState, Outcome
from meetings.models import LONGEST_TITLE, AgendaItem
from meetings.notifications import tell_bringer
from meetings.notifications.pack import end_notices, tell_urgent
from meetings.policies import may_bring, may_note_outcome, may_withdraw
from meetings.queries import lock_item
from meetings.queries.copies import threads_of
from people.decisions import Conflict, Refused, require
from people.transitions import target

LONGEST_WHY = 1000


@transaction.atomic
def put_on_agenda(
    *,
    community: Community,
    kind: str,
    title: str,
    why: str,
    by: Membership | None,
    ref: str = "",
    now: datetime,
    thread: Thread | None = None,
    from_opening: bool = False,
    form_key: UUID | None = None,
) -> AgendaItem:
    """Put something on the agenda of the community's next meeting; return its item, the same while `ref` waits there.

    Called by services that have authorised it, in their transaction. `by` None: the site. Everybody who may read the
    agenda reads title and why, staff too: never a word of a post, nor a name. `from_opening`: members read that it is
    there from the opening of the meeting on.
    """
    fields: dict[str, Any] = {
        "title": title[:LONGEST_TITLE],
        "why": why,
        "by": by,
        "added_at": now,
        "thread": thread,
        "from_opening": from_opening,
        "urgency": urgency_of(title, why) if by else 0,
        "form_key": form_key,
    }
    if ref:
        same = {"community": community, "kind": kind, "ref": ref, "state": ItemState.WAITING}
        item, made = AgendaItem.objects.get_or_create(**same, defaults=fields)
    else:
        item, made = AgendaItem.objects.create(community=community, kind=kind, **fields), True
    if made:
        tell_urgent(item, now)
        record_item(item, "put on agenda", by.ref if by else "site", now, kind=str(kind))
    return item


@transaction.atomic
def bring_thread(*, thread: Thread, by: Membership, title: str, why: str) -> AgendaItem:
    """Bring a thread to the community meeting as a pointer: title, who, and why (domain, section 7).

    Its own author, or one of the Top Three in office; the same words twice are once. Raises `Refused`, `Conflict` where
    it waits there already in other words, and ValidationError for words that are missing or too long.
    """
    check_words(title, why)
    member = lock_membership(by)
    now = clock.now()
    require(may_bring(member, thread, now))
    if thread.community_id != member.community_id:
        raise Refused(_("There is no such thread here."))
    place: dict[str, Any] = {
        "community": member.community,
        "kind": ItemKind.POINTER,
        "ref": f"thread:{thread.pk}",
        "thread": thread,
    }
    item = put_on_agenda(**place, title=title, why=why, by=member, now=now)
    if (item.title, item.why) != (title[:LONGEST_TITLE], why):
        raise Conflict(_("This thread is on the agenda already. You can say at the meeting what you wrote here."))
    return item


@transaction.atomic
def withdraw_item(*, item: AgendaItem, by: Membership) -> AgendaItem:
    """Take what one brought off the agenda; a copy goes with it. Its bringer, or the Top Three in office.

    Twice is once. Raises `Refused`.
    """
    member = lock_membership(by)
    row = lock_item(item.pk)
    now = clock.now()
    if row.state != ItemState.WITHDRAWN:
        require(may_withdraw(member, row, now))
        close_item(row, by=member.ref, now=now)
    return row


def close_item(item: AgendaItem, *, by: str, now: datetime) -> None:
    """Take a locked item off the agenda: its reason has gone. Called by services in their transaction.

    Raises `Conflict` for one that has an outcome already.
    """
    item.state = target(ITEM_STEPS, "withdraw", item.state, said=_("This has been talked about already."))
    item.closed_at = now
    item.save(update_fields=["state", "closed_at"])
    end_notices(item, now)
    record_item(item, "withdraw item", by, now)


@transaction.atomic
def note_outcome(*, item: AgendaItem, by: Membership, outcome: Outcome, words: str) -> AgendaItem:
    """Write down what a meeting made of an item; it goes back to its thread as a note, and to whoever brought it.

    Those in office and staff, while the meeting is open and for a week after, never about their own case. Whatever
    follows from it happens in the same transaction (meetings.items). Raises `Refused`, `Conflict` when somebody was
    quicker, ValidationError.
    """
    if len(words) > LONGEST_WHY:
        raise ValidationError({"words": _("Please make it shorter: 1,000 letters at most.")})
    member = lock_membership(by)
    row = lock_item(item.pk)
    now = clock.now()
    if row.state != ItemState.WAITING:
        raise Conflict(_("Somebody was quicker: this has been written down already."))
    require(may_note_outcome(member, row, now))
    way = way_of(row)
    if outcome not in way.outcomes:
        raise Refused(_("This can't come of it."))
    row.state = target(ITEM_STEPS, "note_outcome", row.state, said="")
    row.outcome, row.outcome_words, row.outcome_by, row.closed_at = outcome, words, member, now
    row.save(update_fields=["state", "outcome", "outcome_words", "outcome_by", "closed_at"])
    way.on_outcome(row, now)
    for thread in threads_of(row):
        note_in_thread(thread=thread, words=words or str(outcome.label), at=_opened_at(row) or now)
    end_notices(row, now)
    tell_bringer(row, now)
    record_item(row, "note outcome", member.ref, now, outcome=str(outcome))
    return row


def _opened_at(item: AgendaItem) -> datetime | None:
    return item.meeting.opened_at if item.meeting else None


def check_words(title: str, why: str) -> None:
    """Raise ValidationError for words of an item that are missing or too long."""
    wrong = {}
    if not title.strip():
        wrong["title"] = _("Please say in a few words what it is about.")
    if len(title) > LONGEST_TITLE:
        wrong["title"] = _("Please make the title shorter: 120 letters at most.")
    if len(why) > LONGEST_WHY:
        wrong["why"] = _("Please make it shorter: 1,000 letters at most.")
    if wrong:
        raise ValidationError(wrong)


def urgency_of(title: str, why: str) -> int:
    """How soon somebody should look, by the same screening as for a post (safety checks, 6.5)."""
    return max((found.urgency for found in screening.screen(f"{title}\n{why}")), default=0)


def record_item(item: AgendaItem, verb: str, by: str, now: datetime, **facts: Any) -> None:
    """Put what happened to an item on record: numbers and kinds."""
    record(chain=item.community.chain, verb=verb, actor=by, subject=item.own_ref, at=now, facts=facts)


def same_form(by: Membership, form_key: UUID) -> AgendaItem | None:
    """The item that this form has made already. One query."""
    return AgendaItem.objects.filter(by=by, form_key=form_key).first()
