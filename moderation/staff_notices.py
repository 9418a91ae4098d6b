"""What is told about what waits for staff, and about danger notices. Never a word, a name, or what it is about."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.watching import WATCH, while_on_duty
from communities.duty import next_cover
from communities.lifecycle import DECIDING_OFFICES, Kind
from communities.lifecycle import State as Standing
from communities.models import Membership
from moderation.lifecycle import DangerState, StaffKind
from moderation.models import AskingIn, DangerNotice, StaffNotice
from notices import kinds
from notices.models import Notice
from notices.services import tell, withdraw

# How long after the last telling one of staff is told again, within their cover hours, until somebody has seen it.
AGAIN_AFTER = {
    StaffKind.DANGER: timedelta(minutes=15),
    StaffKind.HOLD: timedelta(hours=1),
    StaffKind.EVENT: timedelta(hours=4),
}
# Four quarters of an hour; after that a ring each hour says as much.
OFTEN = 4
THEN_AFTER = timedelta(hours=1)
KINDS = {StaffKind.DANGER: "danger_notice", StaffKind.HOLD: "hold_overdue", StaffKind.EVENT: "significant_event"}
# How many parts of a notice's key name the thing: what comes after them says which time, and whom it is for.
STEM = {"danger_notice": 2, "hold_overdue": 4, "significant_event": 2}


def register_all() -> None:
    """Make these kinds of notices known; called once, as the site starts."""
    for kind, sentence in (
        (StaffKind.DANGER, _("Something urgent is waiting for staff. Please look now.")),
        (StaffKind.HOLD, _("A post has been waiting and nobody has looked. Please ring one of the Top Three.")),
        (StaffKind.EVENT, _("Those who look after the board have something to tell staff.")),
    ):
        kinds.register(
            KINDS[kind], sentence, still_wanted=_is_unseen, group=WATCH, in_quiet_hours=while_on_duty, opens=_is_staff
        )
    kinds.register(
        "danger_second",
        _("One of you needs a second person at once."),
        still_wanted=_needs_a_second,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_decides,
    )
    kinds.register("danger_about_you", _("There is something about you to read."))
    kinds.register("staff_have_seen", _("Staff have seen what you told them."), opens=_decides)
    kinds.register(
        "asking_in",
        _("One of you wants to ask staff in. It needs a second person."),
        still_wanted=_is_still_asking,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_decides,
    )


def tell_staff_of(row: StaffNotice, now: datetime) -> None:
    """Tell each of staff, for when their cover hours begin; and again, in their hours, who was told a while ago.

    Under the row's lock; safe to run at any time. Those without hours of their own: with the first of the others.
    """
    if row.seen_at is not None:
        return
    told = _told_before(row)
    path = reverse("moderation:staff", args=[row.community.slug])
    for member, due_at in next_cover(row.community, now).items():
        times, last = told.get(member.person_id, (0, None))
        key = f"{row.key}:{member.pk}" if not times else f"{row.key}:{times + 1}:{member.pk}"
        if last is not None and (due_at > now or now - last < _again_after(row.kind, times)):
            continue
        if times:
            # What was said before need not stand twice in their list; a mail still on its way is overtaken.
            withdraw(key_prefix=_key_of(row, times, member), now=now)
        tell(person=member.person, kind=KINDS[StaffKind(row.kind)], key=key, path=path, now=now, due_at=due_at)


def _told_before(row: StaffNotice) -> dict[int, tuple[int, datetime]]:
    """How often each person was told of this, and for when last. One query."""
    notices = Notice.objects.filter(kind=KINDS[StaffKind(row.kind)], key__startswith=f"{row.key}:").order_by()
    found = notices.values("person_id").annotate(times=Count("pk"), last=Max("due_at"))
    return {one["person_id"]: (one["times"], one["last"]) for one in found}


def _key_of(row: StaffNotice, times: int, member: Membership) -> str:
    return f"{row.key}:{member.pk}" if times == 1 else f"{row.key}:{times}:{member.pk}"


def _again_after(kind: str, times: int) -> timedelta:
    return max(AGAIN_AFTER[StaffKind(kind)], THEN_AFTER) if times > OFTEN else AGAIN_AFTER[StaffKind(kind)]


def _is_unseen(notice: Notice) -> bool:
    stem = ":".join(notice.key.split(":")[: STEM[notice.kind]])
    return StaffNotice.objects.open().filter(key=stem).exists() and _is_staff(notice)


def _is_staff(notice: Notice) -> bool:
    member = int(notice.key.rpartition(":")[2])
    return Membership.objects.filter(pk=member, kind=Kind.STAFF, state=Standing.ACTIVE).exists()


def _decides(notice: Notice) -> bool:
    member = Membership.objects.filter(pk=int(notice.key.rpartition(":")[2]))
    return member.in_office(DECIDING_OFFICES, clock.now()).exists()


def _needs_a_second(notice: Notice) -> bool:
    waits = DangerNotice.objects.filter(pk=int(notice.key.split(":")[1]), state=DangerState.ASKED)
    return waits.exists() and _decides(notice)


def _is_still_asking(notice: Notice) -> bool:
    waits = AskingIn.objects.filter(pk=int(notice.key.split(":")[1]), invitation=None, dropped_at=None)
    return waits.exists() and _decides(notice)


def ask_for_second(danger: DangerNotice, people: Iterable[Membership], now: datetime) -> None:
    """Ask the others in office to look at once. Nobody off duty is woken (domain, section 8)."""
    path = reverse("moderation:danger_one", args=[danger.community.slug, danger.pk])
    for member in people:
        key = f"danger_second:{danger.pk}:{member.pk}"
        tell(person=member.person, kind="danger_second", key=key, path=path, now=now)


def tell_about_them(danger: DangerNotice, now: datetime) -> None:
    """Tell the one it is about that staff were told; the page says what. Never while telling adds danger."""
    path = reverse("moderation:danger_about_you", args=[danger.community.slug, danger.pk])
    key = f"danger_about_you:{danger.pk}:{danger.about_id}"
    tell(person=danger.about.person, kind="danger_about_you", key=key, path=path, now=now)


def tell_senders(row: StaffNotice, now: datetime) -> None:
    """Tell whoever sent it that one of staff has seen it."""
    if row.event is not None:
        senders, name = [row.event.by], "moderation:tell_staff"
    elif row.danger is not None:
        senders = [member for member in (row.danger.asked_by, row.danger.agreed_by) if member is not None]
        name = "moderation:danger"
    else:
        return
    path = reverse(name, args=[row.community.slug])
    for member in senders:
        tell(person=member.person, kind="staff_have_seen", key=f"seen:{row.pk}:{member.pk}", path=path, now=now)


def ask_another_to_ask_in(asking: AskingIn, people: Iterable[Membership], now: datetime) -> None:
    """Ask the others in office whether they want staff asked in too."""
    path = reverse("moderation:ask_in", args=[asking.community.slug])
    for member in people:
        tell(person=member.person, kind="asking_in", key=f"asking_in:{asking.pk}:{member.pk}", path=path, now=now)
