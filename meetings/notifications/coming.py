"""What people are told about their diary: never of what, where or with whom."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from clock.london import day_of, first_moment
from communities.models import Membership
from meetings import apology_links
from meetings.lifecycle.coming import CONTACT, Answer, RemindWhen
from meetings.models.coming import AwayTime, Coming, ReminderChoice
from meetings.models.sessions import Session
from meetings.policies.coming import may_say_coming
from meetings.reminding import Reminder
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each

GROUP = kinds.Group(
    "diary",
    gettext_lazy("Your diary"),
    gettext_lazy("A reminder, or a place that has become free. It never says of what."),
    # Once a day would be too late for most of them.
    can_wait=False,
)


def register_all() -> None:
    """Make the kinds of notices known; called once, as the site starts."""
    kinds.register_group(GROUP)
    kinds.register(
        "reminder_day_before",
        gettext_lazy("Something in your diary tomorrow."),
        still_wanted=is_reminder_wanted,
        group=GROUP.name,
        mail_adds=links_of,
    )
    kinds.register(
        "reminder_two_hours",
        gettext_lazy("Something in your diary soon."),
        still_wanted=is_reminder_wanted,
        group=GROUP.name,
        mail_adds=links_of,
    )
    kinds.register(
        "place_free",
        gettext_lazy("Something in your diary has changed: there is a place for you now."),
        still_wanted=_is_ahead,
        group=GROUP.name,
    )


def tell_of_place(session: Session, member: Membership, now: datetime) -> None:
    """Tell somebody who waited that they have a place."""
    key = f"place:{session.pk}:{now.isoformat()}:{member.pk}"
    tell(person=member.person, kind="place_free", key=key, path=path_of(session, member), now=now)


def remind(reminders: list[tuple[Reminder, Membership]], slug: str, now: datetime) -> int:
    """Tell these members what is ahead; who was told already is not told again. At most three queries for each session.

    Called under the lock of those sessions. Returns how many were told now or before.
    """
    told: dict[tuple[int, str], dict[str, Membership]] = {}
    for reminder, member in reminders:
        # The time is in it: of a session that was moved one is reminded anew.
        stem = f"reminder:{reminder.number}:{int(reminder.starts_at.timestamp())}:{reminder.which}"
        told.setdefault((reminder.number, reminder.which), {})[f"{stem}:{member.pk}"] = member
    for (number, which), members in told.items():
        people = {key: member.person for key, member in members.items()}
        path = reverse("meetings:session", args=[slug, number])
        tell_each(people=people, kind=f"reminder_{which}", path=path, now=now)
    return len(reminders)


def path_of(session: Session, member: Membership) -> str:
    """The page of a session."""
    return reverse("meetings:session", args=[member.community.slug, session.pk])


def _named(notice: Notice) -> tuple[Session, Membership] | None:
    """The session and the member that a notice is about, if it is still ahead and they may still come. Two queries."""
    parts = notice.key.split(":")
    session = Session.objects.planned().filter(pk=int(parts[1]), ends_at__gt=clock.now()).first()
    member = Membership.objects.select_related("community").filter(pk=int(parts[-1])).first()
    if session is None or member is None or not may_say_coming(member, session):
        return None
    return session, member


def _is_ahead(notice: Notice) -> bool:
    return _named(notice) is not None


def is_reminder_wanted(notice: Notice) -> bool:
    """Asked as it goes out: it takes place, at the time it was told for, and they have not said they can't."""
    if (named := _named(notice)) is None:
        return False
    session, member = named
    told_for = int(notice.key.split(":")[2])
    if int(session.starts_at.timestamp()) != told_for or session.has_begun(clock.now()):
        return False
    if Coming.objects.filter(session=session, membership=member, answer__in=CONTACT).exists():
        return False
    if ReminderChoice.objects.filter(membership=member, when=RemindWhen.NONE).exists():
        return False
    day = day_of(session.starts_at)
    said = Coming.objects.filter(session=session, membership=member).exists()
    return said or not any(away.covers(day) for away in AwayTime.objects.between(day, day).filter(membership=member))


def links_of(notices: list[Notice]) -> str:
    """What a mail about these reminders has besides: for each session the link with its one button, without a name or
    a title, the earliest first. Three queries for each reminder at most."""
    found: dict[str, datetime] = {}
    for notice in notices:
        member = int(notice.key.split(":")[-1])
        for session in _stands_for(notice, member):
            path = reverse("meetings_outside:apology", args=[apology_links.token_for(session.pk, member)])
            found[f"{settings.SITE_ADDRESS.rstrip('/')}{path}"] = session.starts_at
    addresses = sorted(found, key=lambda address: found[address])
    if len(addresses) == 1:
        said = _("If you can't come to what is in your diary, this page has one button for it: %(address)s")
        return said % {"address": addresses[0]}
    said = _(
        "If you can't come to something in your diary, each of these pages has one button for it, the first one first:"
    )
    return "\n".join([said, *addresses])


def _stands_for(notice: Notice, member: int) -> list[Session]:
    """The sessions that a reminder is about: its own; on the day before also the others of that day which they have
    said they come to, or, where they have not answered the first, which count and they have not answered either."""
    named = Session.objects.get(pk=int(notice.key.split(":")[1]))
    if notice.kind != "reminder_day_before":
        return [named]
    day = day_of(named.starts_at)
    start, end = (first_moment(each, time(0)) for each in (day, day + timedelta(days=1)))
    others = Session.objects.between(start, end).planned().filter(community=named.community_id)
    said = dict(Coming.objects.filter(session__in=others, membership=member).values_list("session", "answer"))
    return [
        session
        for session in others
        if session.pk == named.pk
        or said.get(session.pk) == Answer.COMING
        or (session.counts and session.pk not in said and named.pk not in said)
    ]
