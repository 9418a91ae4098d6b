"""Who can see a diary, and what is chosen for it."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add its thing and its box; called once, as the site starts."""
    register(
        "diary",
        Seen(
            _("A diary in your own calendar"),
            who=_(
                "You, whoever sees your calendar, and the company that keeps it. They see times, and only those words "
                "and places that you choose. Nobody here sees that you have one."
            ),
        ),
    )
    register_box("diary", "diary")
