"""What people are told about their diary: never of what, where or with whom."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from clock.london import day_of
from communities.models import Membership
from meetings import apology_links
from meetings.lifecycle.coming import CONTACT, RemindWhen
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
        mail_adds=link_of,
    )
    kinds.register(
        "reminder_two_hours",
        gettext_lazy("Something in your diary soon."),
        still_wanted=is_reminder_wanted,
        group=GROUP.name,
        mail_adds=link_of,
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


def link_of(notice: Notice) -> str:
    """The line that its mail has besides: the link with the one button, without a name or a title. No query."""
    parts = notice.key.split(":")
    token = apology_links.token_for(int(parts[1]), int(parts[-1]))
    address = f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('meetings_outside:apology', args=[token])}"
    return _("If you can't come to what is in your diary, this page has one button for it: %(address)s") % {
        "address": address
    }
