"""What two of the Top Three decided until a meeting goes on its agenda (domain: suspension by two, until a meeting)."""

from datetime import datetime

from communities.models import Membership
from moderation.lifecycle import How
from moderation.models import Suspension


def bring_suspension(row: Suspension, *, by: Membership, now: datetime) -> None:
    """Put it on the agenda of the next meeting; call a special one where none comes before its end.

    Called as it comes into force, in its transaction. Only for what two decided until a meeting.
    """
    if row.how != How.TWO:
        return
