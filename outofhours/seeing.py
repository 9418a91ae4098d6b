"""Who can see what of the bank, for the rules page: from the policies that guard it."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register
from outofhours.policies import may_see_bank


def register_all() -> None:
    """Add the bank's things; called once, as the site starts."""
    register("bank", Seen(_("Who is in the bank of lead service users"), may_see_bank))
    register(
        "training",
        Seen(
            _("How far somebody is with the training"),
            who=_("They themselves. Once it is whole: lead service users, the Top Three or caretakers, and staff."),
        ),
    )
