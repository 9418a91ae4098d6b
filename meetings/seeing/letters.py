"""Who can see the group's letters, what is answered to them, and what is decided."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add the things and their boxes; called once, as the site starts."""
    register(
        "group letter",
        Seen(
            _("The group's letter to somebody you have not seen"),
            who=_(
                "Active members and staff, while it is open and two weeks after an answer. Whoever it is to reads it "
                "once two of you have said yes. Nobody who is kept apart from them."
            ),
        ),
    )
    register(
        "letter answer",
        Seen(
            _("Which answer you tap"),
            who=_("Active members and staff: it was all of them who wrote. Why you were away, nobody asks."),
            for_the_page=False,
        ),
    )
    register(
        "absence decision",
        Seen(
            _("What you write here"),
            who=_("The one it is about, without your name. To others they show as “away”, nothing more."),
            for_the_page=False,
        ),
    )
    register(
        "come back words",
        Seen(
            _("That you ask to come back, and what you write"),
            who=_("The Top Three or caretakers, staff, and whoever runs the session you choose. Nobody else."),
            for_the_page=False,
        ),
    )
    register_box("group letter", "group letter")
    register_box("letter answer", "letter answer")
    register_box("absence decision", "absence decision")
    register_box("come back", "come back words")
