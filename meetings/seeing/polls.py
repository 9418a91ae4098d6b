"""Who can see what is asked about times, and what is answered."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.polls import may_see_polls


def register_all() -> None:
    """Add its things and boxes; called once, as the site starts."""
    register("times", Seen(_("Which times are asked about, and how many can when"), may_see_polls))
    register("times words", Seen(_("What you write here, and that you ask"), may_see_polls, for_the_page=False))
    register(
        "times answers",
        Seen(
            _("Which times suit you"),
            who=_("Nobody else sees it. Others see only how many can come, and when."),
        ),
    )
    register(
        "times session",
        Seen(
            _("The same, once there are sessions"),
            who=_("Whoever sees the timetable."),
            for_the_page=False,
        ),
    )
    register_box("times", "times words", "times session")
    register_box("times answer", "times answers")
