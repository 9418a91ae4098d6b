"""The bank's rule: whether a community has one (domain, section 2)."""

from django.utils.translation import gettext_lazy as _

from communities.rules import RuleKind, on_off, read_switch, register


def register_rules() -> None:
    """Add the rule; called once, as the site starts."""
    register(
        RuleKind(
            "lsu_bank",
            _("A bank of lead service users"),
            {"day_community": True, "service_user_network": True, "crisis_house": False},
            _("When more people are trained, nobody has to be there each time, and anybody can step down for a while."),
            on_off(
                _("Members can be trained as lead service users, and be in the bank."),
                _("There is no bank of lead service users here."),
            ),
            read_switch,
        )
    )
