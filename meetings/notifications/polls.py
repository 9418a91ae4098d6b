"""Telling people that times are asked about, and that something has come of it: never what for."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from communities.models import Membership
from meetings.models import TimePoll
from meetings.notifications.coming import GROUP
from meetings.policies.polls import may_mark, may_see_polls
from meetings.queries.polls import asked_to_answer
from notices import kinds
from notices.models import Notice
from notices.services import tell_each


def register_all() -> None:
    """Make the kinds of notices known; called once, as the site starts. Their group is the diary's."""
    kinds.register("times_asked", _("Somebody asks which times suit you."), still_wanted=_still_asked, group=GROUP.name)
    kinds.register(
        "times_settled", _("Something in your diary has a time now."), still_wanted=_still_theirs, group=GROUP.name
    )


def asked_key(poll: TimePoll) -> str:
    """The stem of every notice that asks about its times."""
    return f"{poll.ref}:asked"


def ask_for_times(poll: TimePoll, now: datetime) -> None:
    """Ask everybody who may answer, but whoever asks. Three queries."""
    others = [member for member in asked_to_answer(poll.community) if member.pk != poll.made_by_id]
    _tell(poll, "times_asked", asked_key(poll), others, now)


def tell_of_times(poll: TimePoll, members: Iterable[Membership], now: datetime) -> None:
    """Tell whoever answered that something has come of it. Two queries."""
    _tell(poll, "times_settled", f"{poll.ref}:settled", members, now)


def _tell(poll: TimePoll, kind: str, stem: str, members: Iterable[Membership], now: datetime) -> None:
    people = {f"{stem}:{member.pk}": member.person for member in members}
    path = reverse("meetings:times_one", args=[poll.community.slug, poll.pk])
    tell_each(people=people, kind=kind, path=path, now=now, are_new=True)


def _of(notice: Notice) -> tuple[TimePoll, Membership]:
    _times, poll, _what, member = notice.key.split(":")
    return TimePoll.objects.get(pk=int(poll)), Membership.objects.get(pk=int(member))


def _still_asked(notice: Notice) -> bool:
    poll, member = _of(notice)
    return bool(may_mark(member, poll, clock.now()))


def _still_theirs(notice: Notice) -> bool:
    _poll, member = _of(notice)
    return bool(may_see_polls(member))
