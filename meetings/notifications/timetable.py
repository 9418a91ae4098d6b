"""Who is told that a session was moved, called off, or is held after all: never which one, nor what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.lifecycle import HERE, State
from communities.models import Membership, as_active
from meetings.lifecycle.coming import WANTS_TO_COME
from meetings.lifecycle.timetable import GroupKind
from meetings.models import Coming, Session, SessionRole
from notices import kinds
from notices.models import Notice
from notices.services import tell_each
from people.models import Person

GROUP = kinds.Group(
    "timetable", _("Changes of the timetable"), _("Something you come to was moved, called off, or is on after all.")
)
CHANGED = "session_changed"


def register_all() -> None:
    """Make the kind known; called once, as the site starts."""
    kinds.register_group(GROUP)
    kinds.register(CHANGED, _("Something in your diary has changed."), still_wanted=_is_here, group=GROUP.name)


def _is_here(notice: Notice) -> bool:
    return Membership.objects.filter(pk=int(notice.key.rpartition(":")[2]), state__in=HERE).exists()


def tell_of_sessions(sessions: Iterable[Session], now: datetime) -> None:
    """Tell whoever comes to these: of the programme all who may, else those who said so, lead it or have a role in it.

    One notice for each, which leads to the first of their sessions. Called by services in their transaction, which
    have the sessions locked.
    """
    ahead = sorted((row for row in sessions if row.starts_at > now), key=lambda row: (row.starts_at, row.pk))
    first: dict[int, tuple[Session, Membership]] = {}
    for row, member in _who_comes(ahead):
        first.setdefault(member.pk, (row, member))
    told: dict[Session, dict[str, Person]] = defaultdict(dict)
    for row, member in first.values():
        told[row][f"session:{row.pk}:{row.sequence}:{member.pk}"] = member.person
    for row, people in told.items():
        path = reverse("meetings:session", args=[row.community.slug, row.pk])
        tell_each(people=people, kind=CHANGED, path=path, now=now)


def _who_comes(ahead: list[Session]) -> Iterator[tuple[Session, Membership]]:
    """Everybody whom these concern, by session in their order. Four queries at most, however many there are."""
    if not ahead:
        return
    members = Membership.objects.select_related("person")
    said = _of(Coming.objects.filter(session__in=ahead, answer__in=WANTS_TO_COME, membership__state__in=HERE))
    roles = _of(SessionRole.objects.filter(session__in=ahead, membership__state=State.ACTIVE))
    led = {one.pk: one for one in members.filter(pk__in=[row.facilitator_id for row in ahead], state=State.ACTIVE)}
    everybody: list[Membership] = []
    if any(row.kind == GroupKind.PROGRAMME for row in ahead):
        everybody = list(members.filter(as_active(), community=ahead[0].community_id))
    for row in ahead:
        leads = [led[row.facilitator_id]] if row.facilitator_id in led else []
        of_all = everybody if row.kind == GroupKind.PROGRAMME else []
        yield from ((row, member) for member in [*leads, *roles[row.pk], *said[row.pk], *of_all])


def _of(rows: QuerySet[Any]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.select_related("membership__person"):
        found[row.session_id].append(row.membership)
    return found
