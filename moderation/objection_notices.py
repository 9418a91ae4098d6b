"""What is told about objections: to whoever may hear one, and to whoever made one. Never a word of it, never a name."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.watching import WATCH, while_on_duty
from communities.lifecycle import DECIDING_OFFICES, Office
from communities.models import Membership
from moderation.lifecycle import ObjectionState
from moderation.models import Objection
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw


def register_all() -> None:
    """Make the kinds known; called once, as the site starts."""
    kinds.register(
        "objection",
        _("Somebody objects to a decision. One of you is asked to hear it."),
        still_wanted=_waits_for,
        group=WATCH,
        in_quiet_hours=while_on_duty,
        opens=_may_hear_objections,
    )
    kinds.register("objection_heard", _("Your objection has been heard. Please read what came of it."))
    kinds.register("objection_at_meeting", _("Your objection goes to the community meeting."))


def _waits_for(notice: Notice) -> bool:
    _objection, pk, *_when, member = notice.key.split(":")
    waits = Objection.objects.filter(pk=int(pk), state=ObjectionState.OPEN).exists()
    reader = Membership.objects.filter(pk=int(member)).in_office(_HEARS, clock.now())
    return waits and reader.exists()


_HEARS = DECIDING_OFFICES | {Office.ALTERNATE}


def _may_hear_objections(notice: Notice) -> bool:
    readers = Membership.objects.filter(person=notice.person_id, community__slug=notice.community)
    return readers.in_office(_HEARS, clock.now()).exists()


def tell_hearers(objection: Objection, people: Collection[Membership], when: str, now: datetime) -> None:
    """Tell those who may hear it; once for each `when` ("first", "again", "second")."""
    path = reverse("moderation:objection", args=[objection.community.slug, objection.pk])
    keys = {f"{objection.ref}:{when}:{member.pk}": member.person for member in people}
    if keys:
        partial(tell_each, kind="objection", path=path, now=now)(people=keys)


def tell_maker(objection: Objection, now: datetime) -> None:
    """Tell whoever made it that there is something to read, and take back what asked others to hear it."""
    withdraw(key_prefix=objection.ref, now=now)
    if objection.state == ObjectionState.WITHDRAWN:
        return
    kind = "objection_at_meeting" if objection.state == ObjectionState.AT_MEETING else "objection_heard"
    path = reverse("moderation:own_objection", args=[objection.community.slug, objection.pk])
    # One that comes back from the meeting has been told of before.
    key = f"own-{objection.ref}:{objection.state}"
    tell(person=objection.by.person, kind=kind, key=key, path=path, now=now)
