"""Asking somebody to look over the page of local life again: never what stands on it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clock.london import day_of
from communities.models import Community, Membership
from meetings.policies.local import may_keep_local
from meetings.queries.local import due_pieces
from notices import kinds
from notices.models import Notice
from notices.services import tell_each

KIND = "local_due"


def register_all() -> None:
    """Make the kind of notice known; called once, as the site starts."""
    kinds.register(KIND, _("A page that your community keeps should be looked over again."), still_wanted=_still_due)


def due_key(community: Community) -> str:
    """The stem of every notice about what is due there."""
    return f"local:{community.pk}"


def ask_to_look(community: Community, members: Iterable[Membership], now: datetime) -> None:
    """Ask each of these members, once a month at most. Called under the community's lock. Three queries."""
    month = f"{day_of(now):%Y-%m}"
    people = {f"{due_key(community)}:{month}:{member.pk}": member.person for member in members}
    tell_each(people=people, kind=KIND, path=reverse("meetings:local", args=[community.slug]), now=now)


def _still_due(notice: Notice) -> bool:
    member = Membership.objects.select_related("community").get(pk=int(notice.key.rpartition(":")[2]))
    return bool(may_keep_local(member)) and bool(due_pieces(member.community, day_of(notice.due_at)))
