"""What polls of times hold about one person: what they asked, and which times suit them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from meetings.models.polls import PollMark, PollTime, TimePoll
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_TIME = {
    "poll": (_("Poll (number)"), lambda mark: mark.time.poll_id),
    "day": (_("Day"), lambda mark: mark.time.day.isoformat()),
    "starts": (_("From"), lambda mark: mark.time.starts.isoformat("minutes")),
}

PARTS = [
    Part(
        key="polls_of_times",
        title=_("Where you asked which times suit"),
        model=TimePoll,
        mine=lambda person: TimePoll.objects.filter(made_by__person=person).select_related("community"),
        fields={
            "title": _("Title"),
            "words": _("Words"),
            "place": _("Where"),
            "minutes": _("How long, in minutes"),
            "often": _("How often"),
            "state": _("State"),
            "made_at": _("Asked"),
            "until": _("Open until"),
            "closed_at": _("Closed"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "edition": MACHINERY,
            "made_by": YOU,
            "closed_by": OTHERS,
            "urgency": MACHINERY,
            "form_key": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="polls_closed",
        title=_("Polls of times you closed"),
        model=TimePoll,
        mine=lambda person: TimePoll.objects.filter(closed_by__person=person).select_related("community"),
        fields={"state": _("State"), "closed_at": _("Closed")},
        left_out={
            **dict.fromkeys(("title", "words", "place", "minutes", "often", "made_by", "made_at", "until"), OTHERS),
            **dict.fromkeys(("edition", "urgency", "form_key"), MACHINERY),
            "id": NUMBER,
            "community": TWICE,
            "closed_by": YOU,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="poll_marks",
        title=_("Which times suited you"),
        model=PollMark,
        mine=lambda person: PollMark.objects.filter(membership__person=person).select_related("time"),
        fields={"how": _("How"), "at": _("Said")},
        left_out={"id": NUMBER, "time": TWICE, "membership": YOU},
        also=_TIME,
    ),
]

NOT_OWN: dict[type, Any] = {PollTime: _("The times that a poll asks about; which suit you is given out with the poll.")}
