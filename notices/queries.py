"""The doors to notices: one's own only."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.http import Http404

from notices.models import MailChoice, Notice
from people.models import Person

PAGE = 30


def of_person(person: Person, now: datetime, before: tuple[datetime, int] | None = None) -> list[Notice]:
    """Return a page of what this person was told, newest first, and one more if there is a next page."""
    return list(Notice.objects.of(person, now).older_than(before).order_by("-due_at", "-id")[: PAGE + 1])


def access_notice(person: Person, pk: int, now: datetime) -> Notice:
    """Return this person's own notice. Missing, withdrawn, not yet due and not theirs are the same 404."""
    notice = Notice.objects.of(person, now).filter(pk=pk).first()
    if notice is None:
        raise Http404
    return notice


def count_new(person: Person, now: datetime) -> int:
    """Return how many notices this person has not opened yet."""
    return Notice.objects.of(person, now).filter(seen_at=None).count()


def mail_is_wanted(person_id: int) -> bool:
    """Whether this person wants mails about news; yes until they say no."""
    return not MailChoice.objects.filter(person_id=person_id, wanted=False).exists()


def proved_address(person_id: int) -> str:
    """Return the e-mail address this person has proved to be theirs, or ""."""
    proved = EmailAddress.objects.filter(user_id=person_id, verified=True).order_by("-primary", "pk").first()
    return proved.email if proved else ""
