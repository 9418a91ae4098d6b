"""A place in a list of notices, as it stands in a page's address: time and number of the last one shown."""

import re
from datetime import UTC, datetime, timedelta

from django.http import Http404

from notices.models import Notice

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Place = tuple[datetime, int]


def write(notice: Notice) -> str:
    """Return the place of this notice, exact to the microsecond."""
    return f"{(notice.due_at - EPOCH) // timedelta(microseconds=1)}-{notice.pk}"


def read(text: str) -> Place | None:
    """Return the place that `write` gave, or None for "". Anything else is a 404."""
    if not text:
        return None
    if not (match := re.fullmatch(r"(\d{1,16})-(\d{1,18})", text, re.ASCII)):
        raise Http404
    return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
