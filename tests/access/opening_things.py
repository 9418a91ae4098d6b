"""Plans and what is opened of them, for the walk of every address: through the services, with whoever is asking."""

from datetime import timedelta

import clock
from communities.models import Membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Opening, Plan, Suggestion
from crisisplans.queries.suggested import SUGGESTION
from crisisplans.sealing import seal
from crisisplans.services.looking import note_look
from people.models import Person
from tests.cast import sitting_now
from tests.crisisplans.opening import linked, opened, own_or_new

OWN = {"crisisplans:end_opening", "crisisplans:suggestion", "crisisplans:open_link", "crisisplans:open_here"}
READERS = {
    "crisisplans:read",
    "crisisplans:review_done",
    "crisisplans:step_back",
    "crisisplans:suggest",
    "crisisplans:take_back_suggestion",
}
OF_A_PLACE = {"crisisplans:opened", "crisisplans:asked"}
NAMES = OWN | READERS | OF_A_PLACE | {"crisisplans:shared"}
WITH_A_PLACE = READERS | OF_A_PLACE | {"crisisplans:open_here"}


def opening_things(
    name: str, person: Person, member: Membership | None, someone: Membership, reader: Membership
) -> dict[str, object]:
    """The parts of an address of something opened. `member`: who asks, where they belong here; `someone`: another of
    the same place, whose plan is read; `reader`: who reads where the asker can't."""
    if name in OF_A_PLACE:
        return {}
    if name == "crisisplans:shared":
        return {"token": linked(someone).token}
    if name in READERS:
        reads = member is not None and member.state == "active" and member.pk != someone.pk
        return _of_a_reader(name, someone, member if member and reads else reader)
    plan = own_or_new(person)
    if name == "crisisplans:open_here":
        return {"kind": "crisis", "way": "review"}
    if name == "crisisplans:open_link":
        return {"kind": "crisis"}
    opening = _own_opening(plan, reader)
    return {"pk": _suggested(opening, reader) if name == "crisisplans:suggestion" else opening.pk}


def _of_a_reader(name: str, owner: Membership, reader: Membership) -> dict[str, object]:
    opening = opened(owner, reader)
    if name == "crisisplans:take_back_suggestion":
        return {"pk": _suggested(opening, reader)}
    if name == "crisisplans:review_done":
        note_look(by=sitting_now(reader), pk=opening.pk, now=clock.now())
    return {"opening": opening.pk} | ({"part": "well"} if name == "crisisplans:suggest" else {})


def _own_opening(plan: Plan, reader: Membership) -> Opening:
    """Put there without asking whether they may: the asker may belong nowhere."""
    now = clock.now()
    facts = {"parts": ["well"], "opened_at": now, "until": now + timedelta(hours=2), "community": reader.community}
    opening = Opening.objects.create(plan=plan, kind=OpeningKind.REVIEW, **facts)
    opening.named.create(membership=reader)
    return opening


def _suggested(opening: Opening, by: Membership) -> int:
    row = Suggestion(opening=opening, by=by, part="well", made_at=clock.now())
    row.sealed = seal(opening.plan.person_id, str(row.ref), SUGGESTION, "Some words")
    row.save()
    return row.pk
