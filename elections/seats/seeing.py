"""Who can see what of elections, for the page "How we run this place"."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register
from elections.seats.policies import may_follow_elections


def register_all() -> None:
    """Add what elections show to the page; called once, as the site starts."""
    register("standing", Seen(_("Who stands in an election"), may_follow_elections))
    register(
        "put forward",
        Seen(
            _("That somebody put a name forward"),
            who=_("The one whose name it is, who is not told by whom. Others see it once they have said yes."),
        ),
    )
