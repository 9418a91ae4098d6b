"""Who can see what of a plan, for the rules page and beside the boxes it is written into."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box


def register_all() -> None:
    """Add plans to the page; called once, as the site starts."""
    register(
        "plan",
        Seen(
            _("A crisis plan, and a personal development plan"),
            who=_(
                "The one who wrote it, and whomever they open it to, for as long as they say. "
                "Not the Top Three, not staff, nobody else here."
            ),
            for_the_welcome=True,
        ),
    )
    register(
        "plan unsaved",
        Seen(_("What you have typed and not saved"), who=_("Only you."), for_the_page=False),
    )
    register(
        "plan at rest",
        Seen(
            _("A plan, from outside"),
            who=_(
                "It is kept locked, under a key of its own. Whoever has a copy of the database can't read it. "
                "Whoever runs the live server could."
            ),
        ),
    )
    register_box("plan", "plan unsaved", "plan", "plan at rest")
