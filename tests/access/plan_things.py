"""One's own plans and a community's headings, for the walk of every address."""

from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan
from people.models import Person
from tests.crisisplans.opening import plan_of

FIXED: dict[str, dict[str, object]] = {
    "crisisplans:start_step": {"number": 1},
    "crisisplans:part": {"part": "well"},
    "crisisplans:growing_part": {"part": "hopes"},
    "crisisplans:now_step": {"step": 1},
    "crisisplans:take_file": {"kind": "crisis", "form": "text"},
}
VERSIONS = {"crisisplans:version": PlanKind.CRISIS, "crisisplans:growing_version": PlanKind.DEVELOPMENT}
HEADINGS = {"crisisplans:headings", "crisisplans:change_headings"}
NAMES = {*FIXED, *VERSIONS, *HEADINGS}


def plan_things(name: str, person: Person, slug: str) -> dict[str, object]:
    """The parts of an address of writing; a version is the asker's own."""
    if name in HEADINGS:
        return {"slug": slug, "which": "crisis"}
    if name in FIXED:
        return FIXED[name]
    kind = VERSIONS[name]
    if not Plan.objects.filter(person=person, kind=kind).exclude(latest=None).exists():
        plan_of(person, kind)
    return {"number": 1}
