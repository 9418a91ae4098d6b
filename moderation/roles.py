"""By whom something was decided, in the words that the person it is about reads: a role, never a name."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.lifecycle import Office
from moderation.circle import Offices


def in_words(offices: Offices, people: Collection[int]) -> str:
    """“Two of the Top Three”, “One of the caretakers”, “One of the Top Three and an alternate”."""
    held = [offices.get(member, frozenset()) for member in people]
    top_three = sum(Office.TOP_THREE in one for one in held)
    caretakers = sum(Office.CARETAKER in one and Office.TOP_THREE not in one for one in held)
    others = len(held) - top_three - caretakers
    said = [
        ngettext("One of the Top Three", "Two of the Top Three", top_three) if top_three else "",
        ngettext("One of the caretakers", "Two of the caretakers", caretakers) if caretakers else "",
        ngettext("an alternate", "two alternates", others) if others else "",
    ]
    words = _(" and ").join(part for part in said if part)
    return words[:1].upper() + words[1:]


def meeting() -> str:
    """What is said of what everybody decided together."""
    return _("The community meeting")
