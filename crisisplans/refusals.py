"""Why one's own plan may be shut for a while."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from people.decisions import Refused


class PlanClosed(Refused):
    """After a way back that two others made, one's plan stays shut for a day, so that its owner hears of it first."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        words = _(
            "Somebody came back into this account with the help of two others. To be safe, the plan stays shut until "
            "%(time)s. It is all still there."
        )
        super().__init__(words % {"time": format_date(timezone.localtime(until), "l j F, H:i")})
