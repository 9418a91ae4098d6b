"""The board's own rules: the pause, and what is held (domain, sections 2 and 6)."""

from django.utils.translation import gettext_lazy as _

from communities.rules import RuleKind, everywhere, minutes, on_off, read_switch, register

PAUSE_REASON = _(
    "Writing and then waiting a little leaves a space to think. In it you can change your words or take them back."
)


def register_all() -> None:
    """Make the board's rules known; called once, as the site starts."""
    for key, title, length in (
        ("pause_day_minutes", _("The pause by day"), 5),
        ("pause_night_minutes", _("The pause at night"), 15),
    ):
        register(RuleKind(key, title, everywhere(length), PAUSE_REASON, minutes, int, lambda value: 1 <= value <= 60))
    for key, title, reason, values in (
        (
            "hold_imminent_threat",
            _("When somebody may be in danger"),
            _("A pause for a person to look. A machine decides nothing."),
            everywhere(True),
        ),
        (
            "hold_account_of_self_harm",
            _("When a post tells of self-harm"),
            _("Such words can hurt others who read them at night. One of the Top Three looks first."),
            everywhere(True),
        ),
        (
            "hold_first_posts",
            _("A new member's first two posts"),
            _("Somebody can say hello and help with the first steps. Only in hours when somebody looks."),
            everywhere(False),
        ),
        (
            "hold_to_and_fro",
            _("When two people write only to each other"),
            _("After eight posts to and fro in a day with nobody else, the whole group may be a help."),
            everywhere(False),
        ),
    ):
        says = on_off(_("One of the Top Three looks at it before others can read it."), _("Nothing is held for this."))
        register(RuleKind(key, title, values, reason, says, read_switch))
    register(
        RuleKind(
            "two_people_prompt",
            _("When two people talk for long"),
            {"day_community": True, "service_user_network": False, "crisis_house": False},
            _("A worry is lighter on several shoulders. In a day community one talk is everybody's."),
            on_off(
                _(
                    "After eight posts to and fro in a day, both are told gently that others are asked in, and the "
                    "thread says that everybody is welcome in it."
                ),
                _("Nothing is said. Two people may write to each other as long as they like."),
            ),
            read_switch,
        )
    )
