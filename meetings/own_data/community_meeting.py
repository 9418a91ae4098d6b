"""What meetings hold about one person: what they brought, what of theirs was copied, and what they did for one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from meetings.models import AgendaItem, CommunityMeeting, CopiedPost, Copy, Look
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_WHEN = {"kind": _("Kind"), "starts_at": _("When"), "state": _("State")}

PARTS = [
    Part(
        key="agenda",
        title=_("What you brought to a meeting"),
        model=AgendaItem,
        mine=lambda person: AgendaItem.objects.filter(by__person=person).select_related("community"),
        fields={
            "kind": _("Kind"),
            "title": _("Title"),
            "why": _("Why"),
            "thread": _("Thread (number)"),
            "added_at": _("Brought"),
            "state": _("State"),
            "urgency": _("How soon a person should look (0 to 2)"),
            "outcome": _("What came of it"),
            "outcome_words": _("What was written down"),
            "closed_at": _("Closed"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "meeting": NUMBER,
            "by": YOU,
            "ref": MACHINERY,
            "from_opening": MACHINERY,
            "form_key": MACHINERY,
            "place": OTHERS,
            "minutes": OTHERS,
            "outcome_by": OTHERS,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="outcomes",
        title=_("What you wrote down for a meeting"),
        model=AgendaItem,
        mine=lambda person: AgendaItem.objects.filter(outcome_by__person=person).select_related("community"),
        fields={"kind": _("Kind"), "outcome": _("What came of it"), "outcome_words": _("What you wrote")},
        left_out={
            **dict.fromkeys(
                ("title", "why", "by", "thread", "added_at", "state", "urgency", "closed_at", "place", "minutes"),
                OTHERS,
            ),
            **dict.fromkeys(("ref", "from_opening", "form_key"), MACHINERY),
            "id": NUMBER,
            "community": TWICE,
            "meeting": NUMBER,
            "outcome_by": YOU,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="copied_posts",
        title=_("Posts of yours that were copied for a meeting"),
        model=CopiedPost,
        mine=lambda person: CopiedPost.objects.filter(author__person=person),
        fields={
            "post": _("Post (number)"),
            "version": _("Version"),
            "state": _("State"),
            "told_at": _("You were told"),
            "changed_at": _("Changed"),
        },
        left_out={"id": NUMBER, "copy": NUMBER, "place": MACHINERY, "author": YOU},
    ),
    Part(
        key="copies_joined",
        title=_("Copies you joined as the second"),
        model=Copy,
        mine=lambda person: Copy.objects.filter(seconded_by__person=person),
        fields={"seconded_at": _("When")},
        left_out={"id": NUMBER, "item": NUMBER, "names_out": OTHERS, "seconded_by": YOU},
    ),
    Part(
        key="copies_made",
        title=_("Copies you made for a meeting"),
        model=Copy,
        mine=lambda person: Copy.objects.filter(item__by__person=person),
        fields={"seconded_at": _("When another joined")},
        # Names of others, written down so that they are taken out.
        left_out={"id": NUMBER, "item": NUMBER, "names_out": OTHERS, "seconded_by": OTHERS},
    ),
    Part(
        key="meetings_opened",
        title=_("Meetings you opened"),
        model=CommunityMeeting,
        mine=lambda person: CommunityMeeting.objects.filter(opened_by__person=person).select_related("community"),
        fields={**_WHEN, "opened_at": _("Opened"), "ended_at": _("Ended")},
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "place": OTHERS,
            "why": OTHERS,
            "called_by": OTHERS,
            "planned_at": OTHERS,
            "opened_by": YOU,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="looks_at_copies",
        title=_("When you read copies in a meeting, as staff"),
        model=Look,
        mine=lambda person: Look.objects.filter(by__person=person),
        fields={"at": _("When")},
        left_out={"id": NUMBER, "meeting": NUMBER, "by": YOU},
    ),
]

NOT_OWN: dict[type, Any] = {}
