"""Who can see a suggestion: beside its box."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Make it known; called once, as the site starts."""
    register(
        "plan suggestion",
        Seen(
            _("Your suggestion"),
            who=_("The one whose plan it is, with your name. Nobody else here. It is kept locked under their key."),
            for_the_page=False,
        ),
    )
    register_box("plan suggestion", "plan suggestion")
