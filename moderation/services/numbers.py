"""A telephone number that somebody leaves for danger to life: theirs alone until a danger notice (domain, 8)."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.models import Membership
from communities.queries import lock_membership
from moderation.in_danger import may_leave_number
from moderation.models import Given, LeftNumber
from people.decisions import require

LONGEST_NAME = 80
NUMBER = re.compile(r"\+?[0-9][0-9 ()\-]{4,22}[0-9]")


@transaction.atomic
def leave_number(*, by: Membership, number: str, ask_for: str = "") -> LeftNumber:
    """Keep one's own number, and whom to ask for, sealed; a new one takes the place of the old. Every member.

    Not recorded: who has left one is nobody's business. Raises `Refused`, ValidationError for what is no number.
    """
    member = lock_membership(by)
    require(may_leave_number(member))
    number, ask_for = number.strip(), ask_for.strip()
    if not NUMBER.fullmatch(number):
        raise ValidationError({"number": _("Please write the number with digits only, such as 07700 900123.")})
    row = LeftNumber(membership=member, left_at=clock.now())
    row.left = Given(number=number, ask_for=ask_for[:LONGEST_NAME])
    row.save()
    return row


def take_number_away(*, by: Membership) -> None:
    """Erase one's own number at once, in any standing. Twice is once. What staff were given before stays with them."""
    LeftNumber.objects.filter(membership=by).delete()
