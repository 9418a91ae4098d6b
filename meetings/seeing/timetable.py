"""Who can see what is written for the timetable."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.timetable import may_see_timetable


def register_all() -> None:
    """Add its thing and its box; called once, as the site starts."""
    register("timetable", Seen(_("The timetable, its groups and places"), may_see_timetable))
    register("timetable words", Seen(_("What you write here"), may_see_timetable, for_the_page=False))
    register_box("timetable", "timetable words")
