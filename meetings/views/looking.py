"""What a writer reads whose words may be about danger: who looks, and whom to ring."""

from datetime import datetime

from django.utils.translation import gettext as _

from boards.views.words import looking_in_words
from communities.duty import watch
from communities.models import Membership


def who_looks(membership: Membership, now: datetime) -> str:
    """Who is on duty, or from when somebody may read it; and not to wait for them. Never overstated. Two queries."""
    looking = looking_in_words(watch(membership.community, now, but_not=membership), now)
    who = looking["who"] or _("Nobody may read it before %(when)s") % {"when": looking["when"]}
    return _("%(who)s. If you may be in danger now, please do not wait: ring 999.") % {"who": who}
