"""Who can see the verbatim log, and what is brought from it to a meeting."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add the log to the page, and the box of what is brought; called once, as the site starts."""
    register(
        "log",
        Seen(
            _("The log of what stood on the board or was held"),
            who=_(
                "The Top Three or caretakers while they are in office. Each time one of them opens it is written down."
            ),
        ),
    )
    register(
        "names taken out",
        Seen(_("Names that you want taken out"), who=_("Nobody but you. They are never shown."), for_the_page=False),
    )
    register_box("copy", "agenda words", "names taken out", "copies")
