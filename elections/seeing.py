"""Who can see how somebody voted, for the page that says how the place is run."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register


def register_all() -> None:
    """Add the things of votes; called once, as the site starts."""
    register(
        "secret vote",
        Seen(
            _("How you vote in a secret vote"),
            who=_(
                "Nobody: no name is on a vote. While it is open, whoever runs the live server could look into the box. "
                "Once it is counted, nobody can."
            ),
        ),
    )
    register(
        "open vote",
        Seen(
            _("How you vote in a vote that is not secret"),
            who=_(
                "After the close: members who take part, and staff who vote on it. Its page says so before you vote."
            ),
        ),
    )
