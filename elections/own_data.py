"""What elections holds about one person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_MEMBERSHIP
from elections.models import Box, EarlyEnd, Election, Elector, Nomination, OpenVote, Poll, StandIn
from elections.motions import own_data as of_motions
from elections.results import chosen_in_words
from people.own import NUMBER, OTHERS, TWICE, YOU, Part

_OF_ALL = _("It belongs to the community and says nothing about one person.")
_SEALED = _("Everybody's ballots in one sealed box: nobody can say which one is whose, so none can be given out.")
_OF_POLL = {
    "community": (_("Community"), lambda row: row.poll.community.name),
    "opened_at": (_("The vote opened"), lambda row: row.poll.opened_at),
}
_OF_ELECTION = {"community": (_("Community"), lambda row: row.election.community.name)}
_OF_TERM = {"community": (_("Community"), lambda row: row.term.membership.community.name)}

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
        fields={},
        left_out={"id": NUMBER, "poll": NUMBER, "membership": YOU, "choices": TWICE},
        also={**_OF_POLL, "said": (_("You chose"), lambda row: chosen_in_words(row.poll, row))},
    ),
    Part(
        key="nominations",
        title=_("When your name was put forward for a seat"),
        model=Nomination,
        mine=lambda person: Nomination.objects.filter(candidate__person=person).select_related("election__community"),
        fields={
            "state": _("What you said"),
            "made_at": _("Put forward"),
            "changed_at": _("You said so"),
            "elected_as": _("Elected as"),
        },
        left_out={"id": NUMBER, "election": NUMBER, "candidate": YOU, "proposed_by": OTHERS, "option": TWICE},
        also=_OF_ELECTION,
    ),
    Part(
        key="nominations_made",
        title=_("When you put somebody's name forward"),
        model=Nomination,
        mine=lambda person: Nomination.objects.filter(proposed_by__person=person).select_related("election__community"),
        fields={"made_at": _("When")},
        left_out={"candidate": OTHERS, "proposed_by": YOU},
        also=_OF_ELECTION,
    ),
    Part(
        key="stand_ins",
        title=_("When you said that you would stand in"),
        model=StandIn,
        mine=lambda person: StandIn.objects.filter(membership__person=person).select_related("membership__community"),
        fields={"since": _("From"), "ended_at": _("To")},
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="early_ends",
        title=_("Offices of yours that ended before their time"),
        model=EarlyEnd,
        mine=lambda person: EarlyEnd.objects.filter(term__membership__person=person).select_related(
            "term__membership__community"
        ),
        fields={"why": _("How"), "at": _("When")},
        left_out={"id": NUMBER, "term": NUMBER},
        also=_OF_TERM,
    ),
    *of_motions.PARTS,
]

NOT_OWN: dict[type, Any] = {Poll: _OF_ALL, Box: _SEALED, Election: _OF_ALL}
