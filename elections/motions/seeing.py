"""Who can see what stands in and beside a proposal, for the rules page and the boxes it is written into."""

from django.utils.translation import gettext_lazy as _

from communities.seeing import Seen, register, register_box
from elections.motions.policies import may_see_votes


def register_all() -> None:
    """Add the things of motions; called once, as the site starts."""
    register("votes", Seen(_("The page of votes. Staff find there only what they vote on"), may_see_votes))
    register(
        "proposal",
        Seen(
            _("A proposal, and that it is yours"),
            who=_(
                "Members who take part, and whoever it is about. Of staff those who vote on it: only on who becomes a "
                "member, and only where your rules say so."
            ),
        ),
    )
    register(
        "proposal held",
        Seen(
            _("If a person should look at your words first"),
            who=_("Only you, and the Top Three or caretakers whom it does not concern, until one of them has looked."),
            for_the_page=False,
        ),
    )
    register(
        "proposal carried",
        Seen(
            _("If members say yes"),
            who=_(
                "Your words stay with what was decided. Of a rule, they are its reason on the page “How we run this "
                "place”. Of a suspension, they stand in the letter to the one it is about."
            ),
            for_the_page=False,
        ),
    )
    register(
        "own words",
        Seen(
            _("Your own words beside it"),
            who=_("Everybody who may read the proposal. You can change them until the vote closes."),
            for_the_page=False,
        ),
    )
    register(
        "look words",
        Seen(_("Your words to who wrote it"), who=_("The one who wrote it, without your name."), for_the_page=False),
    )
    register_box("proposal", "proposal", "proposal held", "proposal carried", "server")
    register_box("own words", "own words", "proposal held", "server")
    register_box("look", "look words")
