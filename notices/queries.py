"""The doors to notices: one's own only; and how somebody wants to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.http import Http404
from django.shortcuts import get_object_or_404

from notices import kinds
from notices.models import MailChoice, Notice, Phone, Timing, Wish
from notices.timing import Hours
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
    """Whether this person wants mails about news at all; yes until they say no."""
    return not MailChoice.objects.filter(person_id=person_id, wanted=False).exists()


def proved_address(person_id: int) -> str:
    """Return the e-mail address this person has proved to be theirs, or ""."""
    proved = EmailAddress.objects.filter(user_id=person_id, verified=True).order_by("-primary", "pk").first()
    return proved.email if proved else ""


@dataclass(frozen=True)
class Choices:
    """How somebody wants to be told: the groups of each way, and the hours."""

    mail: frozenset[str]
    push: frozenset[str]
    hours: Hours


def choices_of(person_id: int) -> Choices:
    """What this person has chosen; without a choice: everything, by both ways, but not at night. Three queries."""
    wishes = {wish.group: wish for wish in Wish.objects.filter(person_id=person_id)}
    names = [group.name for group in kinds.groups()]
    mail = {name for name in names if name not in wishes or wishes[name].mail}
    push = {name for name in names if name not in wishes or wishes[name].push}
    return Choices(
        mail=frozenset(mail if mail_is_wanted(person_id) else ()), push=frozenset(push), hours=hours_of(person_id)
    )


def hours_of(person_id: int) -> Hours:
    """This person's quiet hours and daily hour. One query."""
    row = Timing.objects.filter(person_id=person_id).first() or Timing()
    return Hours(row.quiet_from, row.quiet_to, row.daily_at)


def groups_for(person: Person, now: datetime) -> list[kinds.Group]:
    """The groups of notices that concern this person, in their order."""
    return [group for group in kinds.groups() if group.is_for is None or group.is_for(person, now)]


def phones_of(person: Person) -> list[Phone]:
    """The phones this person is told on, the oldest first."""
    return list(Phone.objects.filter(person=person).order_by("made_at", "pk"))


def phones_by_person(people: Iterable[int]) -> dict[int, list[Phone]]:
    """The phones of each of these people. One query."""
    found: dict[int, list[Phone]] = {}
    for phone in Phone.objects.filter(person_id__in=set(people)).order_by("pk"):
        found.setdefault(phone.person_id, []).append(phone)
    return found


def access_phone(person: Person, pk: int) -> Phone:
    """One of this person's own phones. Raises Http404."""
    return get_object_or_404(Phone, person=person, pk=pk)
