"""What an election is called on pages, in one line."""

from django.utils.translation import gettext as _

from elections.lifecycle import ElectionKind
from elections.models import Election, Poll
from elections.seats.queries import election_of


def heading(poll: Poll) -> str:
    """What a vote in an election asks."""
    return asks(election_of(poll))


def asks(election: Election) -> str:
    """What an election asks."""
    if election.kind == ElectionKind.CONFIRMATION:
        return _("Shall our caretakers stay for now?")
    return _("Who shall look after this place?")
