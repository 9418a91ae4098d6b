"""What meetings count for the numbers on "How we run this place"."""

from django.utils.translation import gettext_lazy as _

from communities.decided import Source, register
from meetings.lifecycle import MeetingState
from meetings.models import CommunityMeeting


def register_all() -> None:
    """Add the meetings that were held; called once, as the site starts."""
    register(
        "meetings",
        Source(
            rows=lambda community: CommunityMeeting.objects.filter(community=community, state=MeetingState.ENDED),
            at="ended_at",
            words={"": _("Community meetings")},
            known_to_all=True,
        ),
    )
