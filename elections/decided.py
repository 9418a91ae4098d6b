"""What was voted on, for the numbers on "How we run this place": every member was asked, so any number may be said."""

from django.utils.translation import gettext_lazy as _

from communities.decided import Source, register
from elections.lifecycle import ElectionState
from elections.models import Election, Motion
from elections.motions.lifecycle import MotionState


def register_all() -> None:
    """Add elections and motions; called once, as the site starts."""
    register(
        "elections",
        Source(
            rows=lambda community: Election.objects.filter(community=community, state=ElectionState.DECIDED),
            at="ended_at",
            words={"": _("Elections")},
            known_to_all=True,
        ),
    )
    register(
        "motions",
        Source(
            rows=lambda community: Motion.objects.filter(community=community),
            at="decided_at",
            kind="state",
            words={MotionState.CARRIED: _("Motions carried"), MotionState.LOST: _("Motions not carried")},
            known_to_all=True,
        ),
    )
