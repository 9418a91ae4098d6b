"""A plan reviewed with the group as the way into a community: recorded on the site, without content."""

from django.utils.translation import gettext_lazy as _

from communities.admitting import Condition, register
from crisisplans.queries.reviews import reviewed

BASIS = "plan_reviewed"


def register_all() -> None:
    """Tell the communities who has walked this way in; called once, as the site starts."""
    register(
        BASIS,
        Condition(
            met=reviewed,
            recorded=_("It is on record that the group has looked at a plan with them."),
            missing=_("It is not on record that the group has looked at a plan with them."),
        ),
    )
