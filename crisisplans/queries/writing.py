"""What the owner's own pages show beside the words: headings, what is not saved yet, earlier versions."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from communities.lifecycle import HERE, Kind
from communities.models import Community, Membership
from crisisplans.comparing import differs
from crisisplans.headings import Heading, headings
from crisisplans.models import Plan, PlanDraft, PlanTemplate, PlanVersion
from crisisplans.parts import keys_of
from crisisplans.queries.own import OwnPlan, words_of
from crisisplans.sealing import Amiss, Box
from crisisplans.unsaved import Unsaved
from crisisplans.words import PlanWords
from people.models import Person

# Under which field of its row a draft is sealed.
DRAFT = "words"
VERSIONS_A_PAGE = 20
# The parts that the three questions of the first short plan fill.
SHORT = ("on_my_own", "people", "distraction")


def headings_for(plan: Plan | None, kind: str) -> list[Heading]:
    """The headings this plan is written under: of the community it follows, while its owner belongs there; else
    everybody's. One query if it follows one, else none."""
    if plan is None or plan.template_of_id is None:
        return headings(kind)
    belongs = Membership.objects.filter(
        person_id=plan.person_id, community_id=plan.template_of_id, kind=Kind.MEMBER, state__in=HERE
    )
    newest = PlanTemplate.objects.filter(community__in=belongs.values("community"), kind=kind)
    return headings(kind, newest.order_by("-at", "-id").values_list("parts", flat=True).first() or ())


def template_history(community: Community, kind: str) -> list[PlanTemplate]:
    """Every set of headings a community has had for this kind of plan, the newest first. One query."""
    rows = PlanTemplate.objects.filter(community=community, kind=kind)
    return list(rows.order_by("-at", "-id"))


def places_to_follow(person: Person) -> list[Community]:
    """The communities whose headings one's plan may be written under: where one belongs as a member. One query."""
    belongs = Membership.objects.filter(person=person, kind=Kind.MEMBER, state__in=HERE)
    return [one.community for one in belongs.select_related("community").order_by("community__name")]


def unsaved_in(draft: PlanDraft, box: Box) -> Unsaved:
    """What a draft holds. Raises `sealing.Unreadable`."""
    try:
        return Unsaved.read(box.unseal(str(draft.ref), DRAFT, draft.sealed))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Amiss from None


@dataclass(frozen=True)
class Begun:
    """What is typed in one part and not saved, with when."""

    unsaved: Unsaved
    saved_at: datetime


def begun_in(own: OwnPlan | None, *parts: str) -> dict[str, Begun]:
    """By part, what its owner has begun and not saved; only where there are words. One query."""
    if own is None:
        return {}
    drafts = PlanDraft.objects.filter(plan=own.plan)
    rows = drafts.filter(part__in=parts) if parts else drafts
    found = {row.part: Begun(unsaved_in(row, own.box), row.saved_at) for row in rows}
    return {part: begun for part, begun in found.items() if begun.unsaved.pieces}


@dataclass(frozen=True)
class Saved:
    """One version in the list: what changed in it, by the keys of the parts."""

    version: PlanVersion
    changed: tuple[str, ...]


def versions_of(own: OwnPlan, before: int = 0) -> tuple[list[Saved], int]:
    """Twenty versions, the newest first, from the one before `before` on (0: the newest); and where the next page
    begins (0: nowhere). One query."""
    rows = PlanVersion.objects.filter(plan=own.plan)
    rows = rows.filter(number__lt=before) if before else rows
    found = list(rows.order_by("-number")[: VERSIONS_A_PAGE + 1])
    words = [words_of(row, own.box) for row in found]
    earlier = [*words[1:], PlanWords()]
    more = len(found) > VERSIONS_A_PAGE
    shown = zip(found[:VERSIONS_A_PAGE], words, earlier, strict=False)
    return [
        Saved(row, tuple(key for key in keys_of(own.plan.kind) if differs(was, now, key))) for row, now, was in shown
    ], found[VERSIONS_A_PAGE - 1].number if more else 0


def access_version(own: OwnPlan, number: int) -> tuple[PlanVersion, PlanWords, PlanWords]:
    """One version of one's own plan, its words, and those of the version before it. Raises Http404. One query."""
    if not 0 < number <= own.number:
        raise Http404
    rows = PlanVersion.objects.filter(plan=own.plan, number__in=(number, number - 1))
    found = {row.number: row for row in rows}
    if number not in found:
        raise Http404
    before = words_of(found[number - 1], own.box) if number - 1 in found else PlanWords()
    return found[number], words_of(found[number], own.box), before


def answers_in(plan: Plan, box: Box) -> dict[str, str]:
    """What was answered so far to the three questions of the first short plan, by part. One query."""
    rows = PlanDraft.objects.filter(plan=plan, part__in=SHORT)
    newest = {row.part: unsaved_in(row, box).newest() for row in rows}
    return {part: piece.fields.get("text", "") for part, piece in newest.items() if piece}
