"""That somebody opened the verbatim log is itself on record."""

from django.db import transaction

import clock
from audit.services import record
from communities.models import Membership
from moderation.log_asked import Asked
from moderation.policies import may_moderate
from people.decisions import require


@transaction.atomic
def note_log_opened(*, by: Membership, asked: Asked) -> None:
    """Put on record that one of the Top Three opens the log, and by what they narrowed it; not to whom or to what.

    Called before a page of it is shown. Raises `Refused`.
    """
    now = clock.now()
    require(may_moderate(by, now))
    facts = {"narrowed by": asked.narrowed_by}
    chain = by.community.chain
    record(chain=chain, verb="open log", actor=by.ref, subject="log", at=now, facts=facts)
