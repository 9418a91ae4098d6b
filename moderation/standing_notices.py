"""What is told about somebody's place here. No notice says whose it is, or why."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import DECIDING_OFFICES, Office
from communities.models import Membership
from moderation.lifecycle import DeathState, ReturnState, SuspensionState
from moderation.models import Death, ReturnAsked, Suspension
from notices import kinds
from notices.models import Notice
from notices.services import tell


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    kinds.register("suspended", _("Something was decided about your place here. There is a letter for you."))
    kinds.register("suspension_over", _("Your place here is open to you again. Welcome back."))
    kinds.register("return_answered", _("You asked to come back. There is an answer."))
    kinds.register("asked_to_confirm", _("One of you asks you to look at something hard."), still_wanted=_still_begun)
    kinds.register(
        "suspension_second",
        _("One of you asks for a second person, about somebody's place here."),
        still_wanted=_still_proposed,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_still_looks_after,
    )
    kinds.register(
        "return_asked",
        _("Somebody asks to come back."),
        still_wanted=_still_asked,
        group=WATCH,
        opens=_still_looks_after,
    )


def _still_begun(notice: Notice) -> bool:
    return Death.objects.filter(pk=int(notice.key.split(":")[1]), state=DeathState.BEGUN).exists()


def tell_suspended(suspension: Suspension, about: Membership, now: datetime) -> None:
    """Tell the one it is about, in the transaction that does it (domain, section 4.11)."""
    _tell(about, "suspended", f"{suspension.ref}:told", "moderation:letter", now)


def tell_over(about: Membership, key: str, now: datetime) -> None:
    """Tell somebody that they are back. Once for each suspension."""
    _tell(about, "suspension_over", f"{key}:over", "boards:front", now)


def ask_for_second(suspension: Suspension, others: Iterable[Membership], now: datetime) -> None:
    """Ask the others of those who decide to join, or to say no."""
    for member in others:
        key = f"{suspension.ref}:second:{member.pk}"
        _tell(member, "suspension_second", key, "moderation:suspension", now, suspension.pk)


def tell_return_asked(asked: ReturnAsked, others: Iterable[Membership], now: datetime) -> None:
    """Tell those who decide that somebody asks to come back."""
    for member in others:
        key = f"{asked.ref}:asked:{member.pk}"
        _tell(member, "return_asked", key, "moderation:suspension", now, asked.suspension_id)


def tell_return_answered(asked: ReturnAsked, about: Membership, now: datetime) -> None:
    """Tell the one who asked that there is an answer."""
    _tell(about, "return_answered", f"{asked.ref}:answered", "moderation:letter", now)


def ask_about_death(death: Death, others: Iterable[Membership], now: datetime) -> None:
    """Ask the others who may say it. The notice says nothing of what it is."""
    for member in others:
        _tell(member, "asked_to_confirm", f"{death.ref}:asked:{member.pk}", "moderation:death", now, death.pk)


def _tell(member: Membership, kind: str, key: str, page: str, now: datetime, *pk: int) -> None:
    path = reverse(page, args=[member.community.slug, *pk])
    tell(person=member.person, kind=kind, key=key, path=path, now=now)


def _still_proposed(notice: Notice) -> bool:
    pk = int(notice.key.split(":")[1])
    waits = Suspension.objects.filter(pk=pk, state=SuspensionState.PROPOSED).exists()
    return waits and _still_looks_after(notice)


def _still_asked(notice: Notice) -> bool:
    pk = int(notice.key.split(":")[1])
    return ReturnAsked.objects.filter(pk=pk, state=ReturnState.OPEN).exists() and _still_looks_after(notice)


def _still_looks_after(notice: Notice) -> bool:
    """In office or an alternate still; whether they may decide, the page says."""
    readers = Membership.objects.filter(person=notice.person_id, community__slug=notice.community)
    return readers.in_office(DECIDING_OFFICES | {Office.ALTERNATE}, clock.now()).exists()
