"""Who can see what is written for meetings, for the rules page and beside the boxes: the policies, or plain words."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies import may_see_agenda, may_see_meetings


def register_all() -> None:
    """Add meetings' things and boxes; called once, as the site starts."""
    register("meetings", Seen(_("When and where we meet"), may_see_meetings))
    register("agenda", Seen(_("What will be talked about at a meeting"), may_see_agenda))
    register(
        "copies",
        Seen(
            _("Words copied from the board for a meeting"),
            who=_(
                "Whoever wrote them, and the Top Three or caretakers. While that meeting is open, active members and "
                "staff, without names. Each look of staff is written down, and everybody here can see it."
            ),
        ),
    )
    register("agenda words", Seen(_("What you write here, and that it was you"), may_see_agenda, for_the_page=False))
    register("meeting words", Seen(_("When, where and why"), may_see_meetings, for_the_page=False))
    register("outcome words", Seen(_("What you write here"), may_see_agenda, for_the_page=False))
    register(
        "note in thread",
        Seen(
            _("The same, in the thread"),
            who=_("Whoever reads the board, at the top of that thread."),
            for_the_page=False,
        ),
    )
    register_box("meeting", "meeting words")
    register_box("agenda", "agenda words")
    register_box("outcome", "outcome words")
    register_box("outcome thread", "outcome words", "note in thread")
