"""Who can see what is written for the logbook: while it is being written, and once it is agreed."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.logbook import sees_all_logbooks
from people.decisions import Decision


def register_all() -> None:
    """Add the logbook's things and boxes; called once, as the site starts."""
    register(
        "logbook draft",
        Seen(
            _("A record of a session before it is agreed"),
            who=_("Those who were there, those who run that session or the one that reads it out, and staff."),
        ),
    )
    register(
        "logbook",
        Seen(
            _("A record of a session once it is agreed"),
            lambda membership: Decision(sees_all_logbooks(membership)),
            unless=_("And those who are new, of sessions they were at."),
        ),
    )
    register_box("logbook", "logbook draft", "logbook")
