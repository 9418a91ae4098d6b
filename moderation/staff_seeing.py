"""Who can see what is written for staff, and the number that somebody leaves for danger."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add these things and boxes; called once, as the site starts."""
    register(
        "danger notice",
        Seen(
            _("A danger notice: a name, a number left for it, a few words"),
            who=_(
                "Those who are in office, but never the one it is about, and staff once it is sent. The one it is "
                "about reads it too, unless that adds danger. Members only learn at the meeting that there was one."
            ),
        ),
    )
    register(
        "your number",
        Seen(
            _("The number you leave for danger"),
            who=_(
                "Only you. Two of the Top Three or caretakers, or one if nobody else answers, can give it to staff "
                "when a life or a child is in danger. They do not see it themselves."
            ),
        ),
    )
    register(
        "significant event",
        Seen(
            _("What the Top Three tell staff"), who=_("Staff, and the Top Three or caretakers. It has no words in it.")
        ),
    )
    register_box("danger", "danger notice")
    register_box("number", "your number")
