"""Telling somebody something: rows in the caller's transaction; mails and pushes follow after the commit."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from clock import now as ask_clock
from notices import kinds, tasks, telling
from notices.models import Notice, Outgoing
from notices.models.errands import TRIED_FOR
from people.models import Person

# A code in an account mail is worth nothing after its own life; nobody is served by it hours later.
CODE_TRIED_FOR = timedelta(minutes=15)


def tell(
    *,
    person: Person,
    kind: str,
    key: str,
    path: str,
    now: datetime,
    mail: bool = True,
    due_at: datetime | None = None,
) -> Notice:
    """Tell `person` that there is something of `kind` at `path`, from `due_at` on (or at once); return the notice.

    Called by services inside their own transaction, so that what happened and the telling are one. `key` makes it
    safe to call twice: the same key is the same notice. `mail`: also by e-mail, if the person has proved an address
    and has not turned it off (asked when it is sent, not now). Their phones are found when it is due. Raises
    ValueError for a kind nobody registered and for a path that leads off this site.
    """
    _check(kind, path)
    due_at = due_at or now
    notice, made = Notice.objects.get_or_create(
        key=key, defaults={"person": person, "kind": kind, "path": path, "made_at": now, "due_at": due_at}
    )
    if made:
        if mail:
            Outgoing.objects.create(notice=notice, due_at=due_at, again_at=due_at, useless_at=due_at + TRIED_FOR)
        _hint([person.pk], due_at, now)
    return notice


def tell_each(
    *,
    people: Mapping[str, Person],
    kind: str,
    path: str,
    now: datetime,
    due_at: datetime | None = None,
    are_new: bool = False,
) -> list[Notice]:
    """Tell several people the same thing at once, each under a key of their own: `tell` in at most three queries.

    Called like `tell`, under a lock that lets nobody else tell of the same thing meanwhile. Returns every notice,
    those told before too. `are_new`: none of these keys can be there yet, which saves asking.
    """
    _check(kind, path)
    due_at = due_at or now
    there = [] if are_new else list(Notice.objects.filter(key__in=people))
    known = {notice.key for notice in there}
    fields = {"kind": kind, "path": path, "made_at": now, "due_at": due_at}
    new = [Notice(key=key, person=person, **fields) for key, person in people.items() if key not in known]
    if new:
        Notice.objects.bulk_create(new)
        mails = {"due_at": due_at, "again_at": due_at, "useless_at": due_at + TRIED_FOR}
        Outgoing.objects.bulk_create(Outgoing(notice=notice, **mails) for notice in new)
        _hint([notice.person_id for notice in new], due_at, now)
    return there + new


def _hint(people: list[int], due_at: datetime, now: datetime) -> None:
    """Send soon what is due now. What is due later the sweep finds, and says so then (notices.spreading)."""
    if due_at <= now:
        tasks.send_waiting.delay_on_commit()
        tasks.push_waiting.delay_on_commit()
        telling.changed(people)


def _check(kind: str, path: str) -> None:
    if not kinds.known(kind):
        raise ValueError(f"no such kind of notice: {kind}")
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError("a notice points at a page of this site")


def withdraw(*, key_prefix: str, now: datetime | None = None) -> list[Notice]:
    """Take back every notice whose key is `key_prefix` or begins with it and a colon; return them as they were.

    What has been mailed stays mailed; the page it points at answers for itself. Called by services inside their
    transaction when the reason for a notice has gone ("hold:7" takes back "hold:7:again", not "hold:70").
    """
    stem = key_prefix.rstrip(":")
    mine = list(Notice.objects.filter(Q(key=stem) | Q(key__startswith=stem + ":"), withdrawn_at=None))
    if mine:
        Notice.objects.filter(pk__in=[notice.pk for notice in mine]).update(withdrawn_at=now or ask_clock())
        telling.changed(notice.person_id for notice in mine)
    return mine


def mail_account(
    *, address: str, subject: str, body: str, now: datetime, tried_for: timedelta = CODE_TRIED_FOR
) -> Outgoing:
    """Put a mail about somebody's own account (a code, a warning) in the outbox; blank once it is sent or given up.

    Called inside the caller's transaction. Given up after `tried_for`: set it to the life of what is inside.
    """
    outgoing = Outgoing.objects.create(
        address=address,
        subject=subject,
        body=body,
        due_at=now,
        again_at=now,
        useless_at=now + tried_for,
    )
    tasks.send_waiting.delay_on_commit()
    return outgoing


def mark_seen(*, notice: Notice, now: datetime) -> None:
    """Note that its person has opened it. Called by that person's own page; once is enough."""
    if Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=now):
        telling.changed([notice.person_id])


def mark_page_seen(*, person: Person, path: str, now: datetime) -> int:
    """Note that this person has seen what they were told of at this page, because they have read it; return how many.

    Called by whoever notes that the page was read, in its transaction. One query.
    """
    seen = Notice.objects.of(person, now).filter(path=path, seen_at=None).update(seen_at=now)
    if seen:
        telling.changed([person.pk])
    return seen


def mark_all_seen(*, person: Person, now: datetime) -> int:
    """Note that this person has seen all that was told them so far; return how many were new."""
    seen = Notice.objects.of(person, now).filter(seen_at=None).update(seen_at=now)
    if seen:
        telling.changed([person.pk])
    return seen
