"""Who can see what somebody says about coming, and how they are marked."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.coming import may_see_who_comes


def register_all() -> None:
    """Add the things and the box; called once, as the site starts."""
    register(
        "who comes", Seen(_("Who comes to a session, and who sends apologies, without the reason"), may_see_who_comes)
    )
    register(
        "apology words",
        Seen(
            _("What you write with an apology, and whether you are ill or in hospital"),
            who=_(
                "Those who run that session: its chair and secretary, whoever began it where members lead it, and "
                "staff. The words are cleared 30 days after it."
            ),
        ),
    )
    register(
        "register",
        Seen(
            _("The register: who was there"),
            who=_("Those who run that session, and staff. You see your own line."),
        ),
    )
    register_box("apology", "apology words", "who comes")
