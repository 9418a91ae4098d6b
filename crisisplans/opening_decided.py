"""That staff looked at a plan which its owner opened to them: numbers for "How we run this place" (domain, 4.4)."""

from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from communities.decided import Source, register
from crisisplans.models import ReviewDone
from crisisplans.services.looking import STAFF_LOOK


def register_all() -> None:
    """Add what is counted; called once, as the site starts."""
    register(
        "plan looks of staff",
        Source(
            # From the record, which stays as it is when somebody erases their plan: no number changes by that.
            rows=lambda community: Entry.objects.filter(chain=community.chain, verb=STAFF_LOOK),
            at="at",
            words={"": _("Times staff read in a plan, asked by the one whose plan it is")},
        ),
    )
    register(
        "plan reviews",
        Source(
            rows=lambda community: ReviewDone.objects.filter(owner__community=community),
            at="at",
            words={"": _("Plans that a group looked at with somebody")},
        ),
    )
