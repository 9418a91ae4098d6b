"""What a community tells one of its people: a notice in the site, and a mail that says only that there is one."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from communities.handing_over import last_end
from communities.lifecycle import Kind
from communities.models import Community, Membership
from communities.queries import deciders, members_of_kind
from notices import kinds
from notices.services import tell

ADMITTED = "admitted"
TOO_FEW = "too_few"


def register_kinds() -> None:
    """Say which kinds of notice there are; called once, when the apps are ready."""
    kinds.register(ADMITTED, sentence=_("You are a member now. Welcome."))
    kinds.register(
        TOO_FEW, sentence=_("The board is closed for writing: fewer than two people are here who can look after it.")
    )


def tell_admitted(membership: Membership, now: datetime) -> None:
    """Tell somebody that they have been admitted. Once for each time they came in."""
    tell(
        person=membership.person,
        kind=ADMITTED,
        key=f"admitted:{membership.pk}:{now.isoformat()}",
        path=f"/c/{membership.community.slug}/",
        now=now,
    )


def tell_too_few(community: Community, now: datetime) -> None:
    """Tell those left who decide, and staff, that a board has closed because somebody's office ended. Once for each."""
    # Which gap this is, whoever tells of it first.
    mark = last_end(community, now)
    left = deciders(community, now).select_related("person")
    for member in [*left, *members_of_kind(community, Kind.STAFF).select_related("person")]:
        tell(
            person=member.person,
            kind=TOO_FEW,
            key=f"too_few:{community.pk}:{mark}:{member.pk}",
            path=f"/c/{community.slug}/",
            now=now,
        )
