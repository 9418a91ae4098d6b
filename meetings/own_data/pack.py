"""What the pack of a meeting holds about one person: that they asked for a look at their plan."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models.pack import ReviewAsked
from people.own import NUMBER, YOU, Part

PARTS = [
    Part(
        key="reviews_asked",
        title=_("Sessions you asked to look at your plan with you"),
        model=ReviewAsked,
        mine=lambda person: ReviewAsked.objects.filter(membership__person=person).select_related(
            "session", "membership__community"
        ),
        fields={"asked_at": _("When you asked")},
        left_out={"id": NUMBER, "session": NUMBER, "membership": YOU},
        also={
            "community": (_("Community"), lambda row: row.membership.community.name),
            "session_at": (_("When the session is"), lambda row: row.session.starts_at),
        },
    ),
]

NOT_OWN: dict[type, Any] = {}
