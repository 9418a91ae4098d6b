"""Short ways for the tests of writing a plan: what a page's form would send, what stands in a plan, what is kept."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.test import Client

import clock
from communities.models import Membership
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.queries.own import own_plan
from crisisplans.queries.writing import begun_in
from crisisplans.services.saving import save_part
from crisisplans.unsaved import OnPage
from crisisplans.words import PlanWords
from people.models import Person
from tests.answers.forms import form_with

MINE = "/my-plan/"
WELL = f"{MINE}parts/well/"
JSON = {"Accept": "application/json"}
AGREED = {"agreed": "on"}


def writing(browser: Client, address: str = WELL, **words: str) -> dict[str, str]:
    """The page's form as a browser would send it, ticked, with these words."""
    return form_with(browser.get(address), "page_key") | AGREED | words


def save(who: Membership, part: str, text: str, seen: int | None = None, **more: Any) -> PlanVersion:
    """Save one part of their crisis plan, from its newest version."""
    own = own_plan(who.person, PlanKind.CRISIS, clock.now())
    number = seen if seen is not None else own.number if own else 0
    kind = more.pop("kind", PlanKind.CRISIS)
    fields = {"text": text}
    return save_part(person=who.person, kind=kind, part=part, fields=fields, seen_version=number, agreed=True, **more)


def words_of(who: Membership | Person, kind: str = PlanKind.CRISIS) -> PlanWords:
    """What stands in their plan now."""
    own = own_plan(who.person if isinstance(who, Membership) else who, kind, clock.now())
    return own.words if own else PlanWords()


def text_of(who: Membership, part: str) -> str:
    """The text of one part of their crisis plan."""
    return dict(words_of(who).parts.get(part, {})).get("text", "")


def kept(who: Membership, part: str = "well") -> list[str]:
    """What they typed in a part and have not saved, the newest last."""
    own = own_plan(who.person, PlanKind.CRISIS, clock.now())
    begun = begun_in(own, part).get(part)
    return [" ".join(piece.fields.values()) for piece in begun.unsaved.pieces] if begun else []


def page(key: str, version: int = 0, attempt: int | None = None) -> OnPage:
    """A page by a name of the test's own."""
    return OnPage(str(uuid5(NAMESPACE_OID, key)), version, attempt)
