"""A community's own headings for plans, set by those in office; and whose headings a plan is written under."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.policies import acts_in_office
from communities.queries import belonging_to, lock_membership
from crisisplans.headings import ALWAYS_ASKED
from crisisplans.models import Plan, PlanTemplate
from crisisplans.parts import parts_of
from crisisplans.services.holding import hold
from people.decisions import Conflict, Refused, require
from people.models import Person

LONGEST_TITLE, LONGEST_HINT = 80, 300
Row = Mapping[str, Any]


@transaction.atomic
def set_headings(*, by: Membership, kind: str, rows: Sequence[Row], seen: int) -> PlanTemplate:
    """Say under which headings plans are written in this community, in which order, and which parts it does not ask
    for. The Top Three in office do this, with their second step given; on record in the community, without words.

    `rows`: key, title, hint, hidden of every part; "" is everybody's own words. `seen`: the set they saw (0: none).
    Raises `Refused`, and `Conflict` where another set came meanwhile. Words in plans stay where they are.
    """
    member = lock_membership(by)
    # The community's row puts two of them in a row.
    community = Community.objects.select_for_update(no_key=True).get(pk=member.community_id)
    now = clock.now()
    require(acts_in_office(member, now))
    newest = PlanTemplate.objects.filter(community=community, kind=kind).order_by("-at", "-id").first()
    tidy = _tidy(kind, rows)
    if newest is not None and newest.parts == tidy:
        return newest
    if (newest.pk if newest else 0) != seen:
        raise Conflict(_("Somebody else changed these headings just now. Please look at them again first."))
    template = PlanTemplate.objects.create(community=community, kind=kind, parts=tidy, by=member, at=now)
    facts = {
        "kind": str(kind),
        "reworded": sum(bool(row["title"] or row["hint"]) for row in tidy),
        "left out": sum(row["hidden"] for row in tidy),
    }
    record(
        chain=community.chain,
        verb="set plan headings",
        actor=member.ref,
        subject=f"template:{template.pk}",
        at=now,
        facts=facts,
    )
    return template


@transaction.atomic
def follow_headings(*, person: Person, kind: str, community: Community | None) -> Plan:
    """Write one's own plan under the headings of a community that one belongs to, or under everybody's (None).

    Raises `Refused` for a community that is not theirs and while the plan is closed. Words stay where they are.
    """
    plan = hold(person, kind).plan
    if community is not None and not belonging_to(community, person):
        raise Refused(_("Those headings are not there for you."))
    plan.template_of = community
    plan.save(update_fields=["template_of"])
    return plan


def _tidy(kind: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    known = parts_of(kind)
    if [row["key"] for row in rows if row["key"] in known] != [row["key"] for row in rows] or len(
        {row["key"] for row in rows}
    ) != len(known):
        raise Refused(_("Some of the headings are missing. Please open the page again."))
    return [_row(row) for row in rows]


def _row(row: Row) -> dict[str, Any]:
    title, hint = (" ".join(str(row[name]).split()) for name in ("title", "hint"))
    if len(title) > LONGEST_TITLE or len(hint) > LONGEST_HINT:
        raise Refused(_("Please make it shorter: 80 letters for a heading, 300 for what stands below it."))
    hidden = bool(row["hidden"]) and row["key"] not in ALWAYS_ASKED
    return {"key": row["key"], "title": title, "hint": hint, "hidden": hidden}
