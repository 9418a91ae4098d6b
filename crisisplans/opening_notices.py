"""What openings tell people: never a word, a name, or what it is about."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from communities.models import Membership
from crisisplans.models import Look, Opening, OpeningReader, ReviewDone, Suggestion
from crisisplans.queries.opened import readings_at
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each
from people.models import Person

OPENED, LOOKED, LINKED = "plan_opened", "plan_looked", "plan_link_made"
SUGGESTED, REVIEWED = "plan_suggested", "plan_reviewed"
GROUP = kinds.Group(
    "plans",
    _("What you open to others, and they to you"),
    _("Somebody opens something to you, looks at yours, or has a suggestion."),
)


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    kinds.register_group(GROUP)
    kinds.register(
        OPENED,
        _("Somebody here has opened something to you for a time."),
        still_wanted=_is_still_open,
        opens=_is_still_open,
        group=GROUP.name,
    )
    kinds.register(LOOKED, _("Somebody has looked at something you opened."), group=GROUP.name)
    kinds.register(
        LINKED, _("A link to something of yours has been made. If that was not you, take it back."), group=GROUP.name
    )
    kinds.register(SUGGESTED, _("Somebody has a suggestion for you."), group=GROUP.name)
    kinds.register(REVIEWED, _("What the group looked at with you is on record now."), group=GROUP.name)


def tell_opened(opening: Opening, readers: list[Membership], now: datetime) -> None:
    """Tell those to whom it was opened; taken back as it closes."""
    assert opening.community is not None
    path = reverse("crisisplans:opened", args=[opening.community.slug])
    people = {f"{OPENED}:{opening.pk}:{reader.pk}": reader.person for reader in readers}
    tell_each(people=people, kind=OPENED, path=path, now=now, are_new=True)


def tell_looked(look: Look, owner: Person, now: datetime) -> None:
    """Tell the owner of one look, where they want to know at once."""
    tell(person=owner, kind=LOOKED, key=f"{LOOKED}:{look.pk}", path=reverse("crisisplans:looks"), now=now)


def tell_linked(opening: Opening, owner: Person, now: datetime) -> None:
    """Tell the owner that a link was made: somebody else may have their phone in hand."""
    tell(person=owner, kind=LINKED, key=f"{LINKED}:{opening.pk}", path=reverse("crisisplans:sharing"), now=now)


def tell_suggested(suggestion: Suggestion, owner: Person, now: datetime) -> None:
    """Tell the owner of the first suggestion of each reader; the others stand beside it."""
    key = f"{SUGGESTED}:{suggestion.opening_id}:{suggestion.by_id}"
    tell(person=owner, kind=SUGGESTED, key=key, path=reverse("crisisplans:sharing"), now=now)


def tell_reviewed(review: ReviewDone, owner: Person, now: datetime) -> None:
    """Tell the owner that the review is on record."""
    tell(person=owner, kind=REVIEWED, key=f"{REVIEWED}:{review.pk}", path=reverse("crisisplans:sharing"), now=now)


def _is_still_open(notice: Notice) -> bool:
    _kind, opening, member = notice.key.split(":")
    rows: list[OpeningReader] = list(readings_at(clock.now()).filter(opening=int(opening), membership=int(member))[:1])
    return bool(rows)
