"""Who can see what on the board, for the rules page and beside the writing boxes: the policies, or plain words."""

from django.utils.translation import gettext_lazy as _

from boards.policies import may_read_board
from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add the board's things to the page; called once, as the site starts."""
    register(
        "board",
        Seen(
            _("The board"),
            may_read_board,
            unless=_("But guests from staff can, while the community has asked them in: a line on every page says so."),
            for_the_welcome=True,
        ),
    )
    register("draft", Seen(_("A draft"), who=_("Only the one who is writing it.")))
    register("pause", Seen(_("A post in its pause"), who=_("Only the one who wrote it."), for_the_welcome=True))
    register(
        "held",
        Seen(
            _("A post that is held, hidden or taken off the board"),
            who=_("The one who wrote it, and the Top Three or caretakers while they are in office."),
            for_the_welcome=True,
        ),
    )
    register(
        "server",
        Seen(
            _("Everything on the board, from outside"),
            who=_("Whoever runs the live server could read it. Nothing on a computer is closed to them."),
            for_the_welcome=True,
        ),
    )
    register_box("post", "draft", "pause", "board", "held", "server")
