"""What a person chooses about being told. The choices count when something is sent, not when it is made."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from notices import tasks
from notices.models import MailChoice, Outgoing, Push, Timing, Wish
from notices.queries import mail_is_wanted
from notices.services.telling import tell
from notices.timing import Hours
from people.models import Person

MAILS_STOPPED = "mails_stopped"


@transaction.atomic
def choose(
    *,
    person: Person,
    groups: Collection[str],
    mail: Collection[str],
    push: Collection[str] | None,
    hours: Hours,
) -> None:
    """Store how this person wants to be told, by the person themselves.

    `groups`: those that stood on the form; `mail`, `push`: those of them that were ticked (`push` None: was not asked).
    No mail ticked at all turns mails off as a whole, which the release before understands too. Mails about one's own
    account always go out. What already waits for an hour is looked at anew.
    """
    choose_mail(person=person, wanted=bool(mail))
    for group in groups:
        wish: dict[str, Any] = {}
        if mail:
            wish["mail"] = group in mail
        if push is not None:
            wish["push"] = group in push
        Wish.objects.update_or_create(person=person, group=group, defaults=wish)
    chosen = {"quiet_from": hours.quiet_from, "quiet_to": hours.quiet_to, "daily_at": hours.daily_at}
    Timing.objects.update_or_create(person=person, defaults=chosen)
    _look_anew(Outgoing.objects.filter(notice__person=person))
    _look_anew(Push.objects.filter(notice__person=person))
    tasks.send_waiting.delay_on_commit()
    tasks.push_waiting.delay_on_commit()


def _look_anew(errands: QuerySet[Any]) -> None:
    errands.filter(closed_at=None).exclude(together_at=None).update(together_at=None, again_at=F("due_at"))


def choose_mail(*, person: Person, wanted: bool) -> None:
    """Turn mails about news on or off, by the person themselves. Mails about one's own account always go out."""
    MailChoice.objects.update_or_create(person=person, defaults={"wanted": wanted})


@transaction.atomic
def stop_mails(*, person: Person, now: datetime) -> None:
    """Turn mails about news off, by the link in one of them, without signing in. Twice is once.

    Whoever has the mail can do this, so the person is told in the site, and on their phones; but only where something
    was turned off, else the link would be a bell that anybody can ring.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if not mail_is_wanted(person.pk):
        return
    choose_mail(person=person, wanted=False)
    key = f"{MAILS_STOPPED}:{person.pk}:{now.isoformat()}"
    tell(person=person, kind=MAILS_STOPPED, key=key, path="/notices/choices/", now=now, mail=False)
