"""The way back for somebody with neither e-mail nor codes: two others, face to face with them, make a link together."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import services as audit
from people import telling
from people.decisions import Conflict, Refused
from people.models import Person, WayBackLink
from people.sealing import digest, digests
from people.services.codes import use_code
from people.services.passwords import replace_password
from people.services.second_factor import remove_second_factor

LASTS = timedelta(hours=1)
# A plan must not open to whoever talked two people into a link (domain: people and communities).
PLAN_CLOSED_FOR = timedelta(hours=24)
GONE = gettext_lazy("This link has been used, or it is too old. Ask the two people to make a new one with you.")


def issue_way_back(*, person: Person, by_one: str, by_two: str, now: datetime) -> str:
    """Make a one-use link for `person` and return its token, good for an hour; earlier links stop working.

    Called by communities, which sees to it that the two are one of the Top Three and one of staff. Recorded, and the
    person is told. Raises `Refused` when the two are one.
    """
    if by_one == by_two:
        raise Refused(_("Two different people are needed for this."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        WayBackLink.objects.open_at(now).filter(person=person).update(expires_at=now)
        link = WayBackLink.objects.create(
            person=person,
            digest=digest("way back", token),
            made_by_one=by_one,
            made_by_two=by_two,
            made_at=now,
            expires_at=now + LASTS,
        )
        telling.tell_owner(person=person, kind="way_back_made", about=f"way back {link.pk}", now=now)
        _record(link, "made a way back", actor=by_one, facts={"with": by_two, "link": link.pk}, now=now)
    return token


def use_way_back(*, token: str, password: str, recovery_code: str = "", now: datetime) -> bool:
    """Use the link: new password, every sitting ended, no second step any more. Return whether it could be.

    With a good recovery code one's plan stays open; without one it is closed for 24 hours. False, and nothing is
    changed and the link still good, when a recovery code was given that does not fit. Raises `Conflict` when the link
    is gone. Of two uses at once one wins: the link is taken by a conditional UPDATE.
    """
    encoded = make_password(password)
    with transaction.atomic():
        link = _taken(token, now)
        person = Person.objects.select_for_update().get(pk=link.person_id)
        proved = bool(recovery_code) and use_code(person=person, code=recovery_code, now=now)
        if recovery_code and not proved:
            transaction.set_rollback(True)
            return False
        _open_the_door(person, encoded, closed_until=None if proved else now + PLAN_CLOSED_FOR)
        telling.tell_owner(person=person, kind="way_back_used", about=f"way back {link.pk} used", now=now)
        facts = {"link": link.pk, "recovery code": proved}
        _record(link, "used a way back", actor=f"person:{person.pk}", facts=facts, now=now)
    return True


def _taken(token: str, now: datetime) -> WayBackLink:
    links = WayBackLink.objects.filter(digest__in=digests("way back", token))
    if not links.open_at(now).update(used_at=now):
        raise Conflict(str(GONE))
    return links.get()


def _open_the_door(person: Person, encoded: str, *, closed_until: datetime | None) -> None:
    if closed_until:
        person.plan_closed_until = closed_until
        person.save(update_fields=["plan_closed_until"])
    replace_password(person=person, encoded=encoded)
    remove_second_factor(person=person)


def _record(link: WayBackLink, verb: str, *, actor: str, facts: dict[str, Any], now: datetime) -> None:
    subject = f"person:{link.person_id}"
    audit.record(chain=audit.PEOPLE, verb=verb, actor=actor, subject=subject, at=now, facts=facts)
