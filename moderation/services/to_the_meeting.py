"""What two of the Top Three decided until a meeting goes on its agenda (domain: suspension by two, until a meeting)."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.models import Community
from meetings.lifecycle import ItemKind
from meetings.models import CommunityMeeting
from meetings.queries import next_meeting
from meetings.services import call_special_meeting, put_on_agenda
from moderation.lifecycle import How
from moderation.models import Suspension


def lock_meetings(community: Community) -> None:
    """Lock the meetings that are planned: before posts, as everywhere (meetings.queries.lock_meeting)."""
    list(CommunityMeeting.objects.coming().select_for_update().filter(community=community).order_by("pk"))


def bring_suspension(row: Suspension, now: datetime) -> None:
    """Put it on the agenda of the next meeting; call a special one where none comes before its end.

    Called as it comes into force, in its transaction, with the meetings locked. The agenda names nobody.
    """
    if row.how != How.TWO:
        return
    assert row.until is not None
    coming = next_meeting(row.community, now)
    if coming is None or coming.starts_at >= row.until:
        why = _("Two of those who look after this place have kept somebody out until a meeting.")
        call_special_meeting(community=row.community, why=why, by="site", now=now)
    title = _("Somebody is kept out until this meeting")
    why = _("Two of those who look after this place decided it. The meeting hears it, and the one it is about.")
    put_on_agenda(
        community=row.community, kind=ItemKind.SUSPENSION, title=title, why=why, by=None, ref=row.ref, now=now
    )
