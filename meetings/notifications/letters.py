"""What is told about the group's letters and about coming back: that there is something, never about whom or why."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from communities.apart import apart_from
from communities.lifecycle import HERE, Kind
from communities.models import Membership
from communities.policies import is_staff_here, takes_part
from communities.queries import deciders, members_of_kind
from meetings.lifecycle.attendance import SENT_ABSENCES, AbsenceState, ComeBackState
from meetings.models import AbsenceCase, ComeBackAsked
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    kinds.register("group_letter", _("There is a letter for you."), still_wanted=_letter_waits)
    kinds.register(
        "letter_begun", _("There is a letter of the group to write."), still_wanted=_still_written, opens=_still_here
    )
    kinds.register(
        "letter_answered",
        _("Somebody has answered a letter of the group."),
        still_wanted=_still_here,
        opens=_still_here,
    )
    kinds.register("ring_asked", _("Somebody would like to be rung."), still_wanted=_still_here, opens=_still_here)
    kinds.register(
        "letter_unanswered",
        _("A letter of the group had no answer. One of you looks at what follows."),
        still_wanted=_still_overdue,
        opens=_still_decides,
    )
    kinds.register("now_inactive", _("Something was decided about your place here. There is a letter for you."))
    kinds.register("come_back_asked", _("Somebody asks to come back."), still_wanted=_still_asked, opens=_still_here)
    kinds.register("welcomed_back", _("Your place here is open to you again. Welcome back."))


def tell_of_letter(case: AbsenceCase, now: datetime) -> None:
    """Tell the one it is to that there is a letter. In the transaction that sends it."""
    path = reverse("meetings:own_letters", args=[case.community.slug])
    tell(person=case.membership.person, kind="group_letter", key=f"{case.ref}:letter", path=path, now=now)


def tell_begun(case: AbsenceCase, now: datetime) -> None:
    """Tell those in office that the group has a letter to write; but whoever it is to or is kept apart from them."""
    _tell_others(case, "letter_begun", "begun", deciders(case.community, now), now)


def tell_answered(case: AbsenceCase, now: datetime, *, asks_to_be_rung: bool) -> None:
    """Tell whoever said yes to a letter of its answer; where somebody is to ring, those in office and staff."""
    voices = Membership.objects.filter(pk__in=case.letters.values("voices__by"))
    wrote = [one for one in voices if takes_part(one)]
    _tell_others(case, "letter_answered", "answered", wrote, now)
    if asks_to_be_rung:
        staff = members_of_kind(case.community, Kind.STAFF)
        _tell_others(case, "ring_asked", "ring", [*deciders(case.community, now), *staff], now)


def tell_unanswered(case: AbsenceCase, now: datetime) -> None:
    """Tell those in office that no answer came, so that one of them looks. Once for each letter."""
    _tell_others(case, "letter_unanswered", "overdue", deciders(case.community, now), now)


def tell_inactive(case: AbsenceCase, now: datetime) -> None:
    """Tell the one it is about, in the transaction that decides it (domain, section 4.11)."""
    path = reverse("meetings:own_letters", args=[case.community.slug])
    tell(person=case.membership.person, kind="now_inactive", key=f"{case.ref}:inactive", path=path, now=now)


def tell_come_back_asked(asked: ComeBackAsked, others: Iterable[Membership], now: datetime) -> None:
    """Tell those who may say welcome that somebody asks."""
    path = reverse("meetings:come_back_asked", args=[asked.membership.community.slug, asked.pk])
    keys = {f"{asked.ref}:asked:{member.pk}": member.person for member in others}
    tell_each(people=keys, kind="come_back_asked", path=path, now=now)


def tell_welcomed(asked: ComeBackAsked, now: datetime) -> None:
    """Tell the one who asked that they are back."""
    path = reverse("boards:front", args=[asked.membership.community.slug])
    tell(person=asked.membership.person, kind="welcomed_back", key=f"{asked.ref}:welcome", path=path, now=now)


def _tell_others(case: AbsenceCase, kind: str, what: str, others: Iterable[Membership], now: datetime) -> None:
    never = {case.membership_id, *apart_from(case.membership, now)}
    path = reverse("meetings:group_letter", args=[case.community.slug, case.pk])
    people = _with_people(member.pk for member in others if member.pk not in never)
    keys = {f"{case.ref}:{what}:{member.pk}": member.person for member in people}
    tell_each(people=keys, kind=kind, path=path, now=now)


def _with_people(members: Iterable[int]) -> Collection[Membership]:
    return Membership.objects.filter(pk__in=list(members)).select_related("person")


def _case_of(notice: Notice) -> AbsenceCase | None:
    return AbsenceCase.objects.filter(pk=int(notice.key.split(":")[1])).select_related("membership").first()


def _reader_of(notice: Notice) -> Membership | None:
    return Membership.objects.filter(pk=int(notice.key.rpartition(":")[2])).first()


def _letter_waits(notice: Notice) -> bool:
    case = _case_of(notice)
    return case is not None and case.state in SENT_ABSENCES and case.membership.state in HERE


def _still_here(notice: Notice) -> bool:
    reader = _reader_of(notice)
    return reader is not None and (bool(is_staff_here(reader)) or takes_part(reader))


def _still_written(notice: Notice) -> bool:
    case = _case_of(notice)
    return case is not None and case.state == AbsenceState.WRITING and _still_here(notice)


def _still_decides(notice: Notice) -> bool:
    reader = _reader_of(notice)
    return reader is not None and deciders(reader.community, clock.now()).filter(pk=reader.pk).exists()


def _still_overdue(notice: Notice) -> bool:
    case = _case_of(notice)
    return case is not None and case.is_overdue(clock.now()) and _still_decides(notice)


def _still_asked(notice: Notice) -> bool:
    asked = ComeBackAsked.objects.filter(pk=int(notice.key.split(":")[1]), state=ComeBackState.OPEN)
    return asked.exists() and _still_here(notice)
