"""Plans of some people of the demo, by the services that their own pages call: written, opened, read, looked over."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from clock.london import day_of
from communities.models import Membership
from crisisplans.lifecycle import OpeningKind, PlanKind
from crisisplans.link_words import LinkWords
from crisisplans.models import Opening, Plan, PlanVersion
from crisisplans.parts import FIRST_STEPS
from crisisplans.services.dates import set_review_date
from crisisplans.services.looking import note_look
from crisisplans.services.opening import LONGEST
from crisisplans.services.reviewing import record_review
from crisisplans.services.saving import save_words
from crisisplans.services.sharing import open_by_link, open_to_members
from crisisplans.services.suggesting import suggest
from crisisplans.words import PlanWords
from peernet.demo import book

Members = dict[str, Membership]
Happening = tuple[datetime, int, Callable[[], Any]]
LATE = 30
CRISIS = PlanKind.CRISIS
SUGGESTED = "Somebody to walk round the block with: I live two streets away, and I like to walk."


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What happened with plans in one community, in no order."""
    for row in _saved():
        if row["person"] in members:
            yield book.moment(row["at"], start), LATE, partial(_save, members[row["person"]], row)
    if slug == "fellside":
        on = day_of(start) + timedelta(days=30)
        yield start - timedelta(days=9), LATE, partial(_look_again, members["heron"], on)
        yield start - timedelta(days=5), LATE, partial(_share, members["fern"], members["linden"])
        yield start - timedelta(days=2), LATE, partial(_link, members["fern"])
    else:
        yield start - timedelta(days=14), LATE, partial(_reviewed, members["teal"], members["otter"])
        yield start - timedelta(minutes=30), LATE, partial(_in_review, members)


@cache
def _saved() -> list[dict[str, Any]]:
    return list(tomllib.loads((book.HERE / "plans.toml").read_text())["saved"])


def _save(member: Membership, row: dict[str, Any]) -> PlanVersion:
    kind = PlanKind(row.get("kind", CRISIS))
    parts: dict[str, dict[str, str]] = {key: {"text": text} for key, text in row["parts"].items()}
    parts |= {"support_calls": row["support"]} if "support" in row else {}
    steps = tuple(row.get("first_steps", ()))
    return save_words(
        person=member.person,
        kind=kind,
        words=PlanWords(parts, steps),
        seen_version=PlanVersion.objects.filter(plan__person=member.person, plan__kind=kind).count(),
        agreed=True,
        only=(*parts, FIRST_STEPS) if steps else tuple(parts),
    )


def _look_again(member: Membership, on: date) -> None:
    set_review_date(person=member.person, kind=CRISIS, on=on)


def _plan(member: Membership) -> Plan:
    return Plan.objects.get(person=member.person, kind=CRISIS)


def _open(
    owner: Membership, kind: OpeningKind, readers: list[Membership], lasts: timedelta, parts: tuple[str, ...]
) -> Opening:
    plan = _plan(owner)
    return open_to_members(by=owner, plan=plan, kind=kind, parts=parts, readers=readers, lasts=lasts)


def _share(owner: Membership, friend: Membership) -> None:
    opening = _open(owner, OpeningKind.NAMED, [friend], timedelta(days=30), (FIRST_STEPS, "warning_signs", "on_my_own"))
    note_look(by=friend, pk=opening.pk, now=opening.opened_at)


def _link(owner: Membership) -> None:
    open_by_link(
        person=owner.person,
        plan=_plan(owner),
        parts=(FIRST_STEPS, "services", "safe"),
        lasts=timedelta(days=28),
        words=LinkWords(whom="My GP", top="From Fern, as we said on the telephone."),
        form_key=uuid5(NAMESPACE_URL, "fern's link"),
    )


def _reviewed(owner: Membership, reader: Membership) -> None:
    opening = _open(owner, OpeningKind.REVIEW, [reader], timedelta(hours=2), (FIRST_STEPS, "warning_signs", "group"))
    note_look(by=reader, pk=opening.pk, now=opening.opened_at)
    record_review(by=reader, pk=opening.pk)


def _in_review(members: Members) -> None:
    readers = [members["teal"], members["otter"]]
    # The longest there is, so that whoever looks at the demo later that day still finds it open.
    lasts = LONGEST[OpeningKind.REVIEW]
    opening = _open(members["avocet"], OpeningKind.REVIEW, readers, lasts, (FIRST_STEPS, "on_my_own"))
    note_look(by=members["teal"], pk=opening.pk, now=opening.opened_at)
    suggest(by=members["teal"], pk=opening.pk, part="on_my_own", text=SUGGESTED)
