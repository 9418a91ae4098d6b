"""What elections holds about one person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from elections.models import Box, Elector, OpenVote, Poll
from people.own import NUMBER, YOU, Part

_OF_ALL = _("It belongs to the community and says nothing about one person.")
_SEALED = _("Everybody's ballots in one sealed box: nobody can say which one is whose, so none can be given out.")
_OF_POLL = {
    "community": (_("Community"), lambda row: row.poll.community.name),
    "opened_at": (_("The vote opened"), lambda row: row.poll.opened_at),
}

PARTS: list[Part] = [
    Part(
        key="votes",
        title=_("Votes you could take part in"),
        model=Elector,
        mine=lambda person: Elector.objects.filter(membership__person=person).select_related("poll__community"),
        fields={"has_voted": _("You have voted")},
        left_out={"id": NUMBER, "poll": NUMBER, "membership": YOU},
        also=_OF_POLL,
    ),
    Part(
        key="open_votes",
        title=_("What you said in votes that were not secret"),
        model=OpenVote,
        mine=lambda person: OpenVote.objects.filter(membership__person=person).select_related("poll__community"),
        fields={"choices": _("The options you chose, counted from 0")},
        left_out={"id": NUMBER, "poll": NUMBER, "membership": YOU},
        also=_OF_POLL,
    ),
]

NOT_OWN: dict[type, Any] = {Poll: _OF_ALL, Box: _SEALED}
