"""What a member is told of holding everything of theirs: that it was decided, and that it is over. Never a word."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import HoldAll
from notices import kinds
from notices.services import tell


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    kinds.register("hold_all", _("Something was decided about your posts. Please read what it means."))
    kinds.register("hold_all_over", _("What was decided about your posts is over."))


def tell_of_hold_all(hold: HoldAll, now: datetime) -> None:
    """Tell the member whose posts it is about; of everybody's, nobody singly: the writing page says it to all."""
    if hold.membership is None:
        return
    kind = "hold_all" if hold.stopped_at is None else "hold_all_over"
    path = reverse("moderation:told", args=[hold.community.slug])
    tell(person=hold.membership.person, kind=kind, key=f"{kind}:{hold.pk}", path=path, now=now)
