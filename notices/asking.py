"""Asked again when its time has come: may and need this notice still go out, by this way, and now?"""

from dataclasses import dataclass
from datetime import datetime

from notices import kinds, queries, timing
from notices.models import Notice


@dataclass(frozen=True)
class Answer:
    """Whether it goes out at all, and from when on. `daily`: the daily hour that it belongs to, come or still to come,
    and the one after."""

    goes: bool
    at: datetime
    daily: tuple[datetime, datetime] | None = None


def ask(notice: Notice, *, way: str, now: datetime) -> Answer:
    """Ask about a notice that is due. `way`: "mail" or "push".

    Not taken back, not seen, the person can sign in and wants this by this way, and the app that told it still says
    yes. In quiet hours it waits for their end, unless it is for somebody on duty (domain, section 8).
    """
    if notice.withdrawn_at or notice.seen_at or not notice.person.is_active:
        return Answer(goes=False, at=now)
    kind, group = kinds.get(notice.kind), kinds.group_of(notice.kind)
    choices = queries.choices_of(notice.person_id)
    wanted = group.name in (choices.mail if way == "mail" else choices.push)
    if not wanted or (kind.still_wanted and not kind.still_wanted(notice)):
        return Answer(goes=False, at=now)
    at = timing.earliest(choices.hours, due_at=notice.due_at, now=now, daily=group.can_wait)
    daily = timing.daily_moments(choices.hours, notice.due_at) if group.can_wait else None
    if at > now and kind.in_quiet_hours and kind.in_quiet_hours(notice):
        at = now
    return Answer(goes=True, at=at, daily=daily)
