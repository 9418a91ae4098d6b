"""What a community tells one of its people: a notice in the site, and a mail that says only that there is one."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from communities.models import Membership
from notices import kinds
from notices.services import tell

ADMITTED = "admitted"


def register_kinds() -> None:
    """Say which kinds of notice there are; called once, when the apps are ready."""
    kinds.register(ADMITTED, sentence=_("You are a member now. Welcome."))


def tell_admitted(membership: Membership, now: datetime) -> None:
    """Tell somebody that they have been admitted. Once for each time they came in."""
    tell(
        person=membership.person,
        kind=ADMITTED,
        key=f"admitted:{membership.pk}:{now.isoformat()}",
        path=f"/c/{membership.community.slug}/",
        now=now,
    )
