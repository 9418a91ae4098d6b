"""What the others on duty are told when one of them hands something on. Never a word of it, never by whom."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models import Post
from boards.notifications import may_still_decide, still_for
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import DECIDING_OFFICES
from communities.models import Membership
from moderation.models import Report
from moderation.report_notices import for_its_readers
from notices import kinds
from notices.models import Notice
from notices.services import tell_each

HANDED_ON = "handed_on"


def register_all() -> None:
    """Make the kind known; called once, as the site starts."""
    kinds.register(
        HANDED_ON,
        _("One of you asks the others to look at something instead."),
        still_wanted=_still_waits,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=may_still_decide,
    )


def _still_waits(notice: Notice) -> bool:
    return still_for(notice, DECIDING_OFFICES) if notice.key.startswith("hold:") else for_its_readers(notice)


def tell_others(key: str, by: Membership, people: Iterable[Membership], path: str, now: datetime) -> None:
    """Tell those of the others who are on duty; whoever comes on duty later is told as of any hold or report."""
    keys = {f"{key}:handed{by.pk}:{member.pk}": member.person for member in people}
    if keys:
        tell_each(people=keys, kind=HANDED_ON, path=path, now=now)


def path_of_post(post: Post) -> str:
    """Where a post is decided on."""
    return reverse("moderation:post", args=[post.community.slug, post.pk])


def path_of_report(report: Report) -> str:
    """Where a report is looked at."""
    return reverse("moderation:report", args=[report.community.slug, report.pk])
