"""Who can see what is written for the day of a session."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.timetable import knows_groups


def register_all() -> None:
    """Add the day's things and boxes; called once, as the site starts."""
    register("topic words", Seen(_("What a session is about today"), knows_groups, for_the_page=False))
    register_box("topic", "topic words")
    register("order words", Seen(_("The order of the day"), knows_groups, for_the_page=False))
    register_box("order", "order words")
