"""Plans with marked words in each part, and openings of them, for the tests of who may read what."""

from datetime import timedelta
from uuid import uuid4

from communities.models import Membership
from crisisplans.lifecycle import OpeningKind, PlanKind
from crisisplans.link_words import LinkWords
from crisisplans.models import Opening, Plan
from crisisplans.services.saving import save_words
from crisisplans.services.sharing import MadeLink, open_by_link, open_to_members
from crisisplans.words import PlanWords
from people.models import Person

CANARY = "CanaryOfAPlan"
# Two parts that are opened in these tests, and one that never is.
OPEN_PARTS, SHUT_PART = ("well", "people"), "safe"
HOURS = timedelta(hours=2)


def words_in(part: str) -> str:
    """The marked words of one part."""
    return f"{CANARY} {part.replace('_', ' ')}"


def plan_of(owner: Membership | Person, kind: str = PlanKind.CRISIS) -> Plan:
    """A plan of theirs with marked words in three parts and one first step."""
    person = owner.person if isinstance(owner, Membership) else owner
    parts = (*OPEN_PARTS, SHUT_PART) if kind == PlanKind.CRISIS else ("hopes", "steps")
    words = PlanWords({part: {"text": words_in(part)} for part in parts}, (words_in("first step"),))
    if kind == PlanKind.DEVELOPMENT:
        words = PlanWords(words.parts)
    version = save_words(person=person, kind=kind, words=words, seen_version=0, agreed=True)
    return version.plan


def own_or_new(owner: Membership | Person) -> Plan:
    """Their crisis plan, or a new one as above where they have none."""
    person = owner.person if isinstance(owner, Membership) else owner
    return Plan.objects.filter(person=person, kind=PlanKind.CRISIS).first() or plan_of(person)


def opened(
    owner: Membership,
    *readers: Membership,
    kind: OpeningKind = OpeningKind.REVIEW,
    lasts: timedelta = HOURS,
    parts: tuple[str, ...] = OPEN_PARTS,
    plan: Plan | None = None,
) -> Opening:
    """An opening of a new plan of theirs (or this one) to these readers, as the owner would make it."""
    plan = plan or own_or_new(owner)
    return open_to_members(by=owner, plan=plan, kind=kind, parts=parts, readers=readers, lasts=lasts)


def linked(owner: Membership, *, lasts: timedelta = timedelta(days=7), words: LinkWords | None = None) -> MadeLink:
    """A link to it for somebody outside."""
    plan = own_or_new(owner)
    about = words or LinkWords(f"{CANARY} for", f"{CANARY} top")
    return open_by_link(person=owner.person, plan=plan, parts=OPEN_PARTS, words=about, lasts=lasts, form_key=uuid4())
