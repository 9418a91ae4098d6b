"""Who can see what stands on the page of local life."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from meetings.policies.local import may_read_local


def register_all() -> None:
    """Add its thing and its box; called once, as the site starts."""
    register("local", Seen(_("The page of local life"), may_read_local))
    register(
        "local words",
        Seen(_("What you write here"), may_read_local, for_the_page=False),
    )
    register(
        "local earlier",
        Seen(
            _("What stood there before"),
            who=_("Active members can look it up. Nobody sees who wrote what."),
            for_the_page=False,
        ),
    )
    register_box("local", "local words", "local earlier")
