"""Suggestions: a reader writes one, the plan's owner takes it or not. Its words are sealed under the owner's key."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import clock
from audit.services import PEOPLE, record
from communities.models import Membership
from communities.queries import lock_membership
from crisisplans import sealing
from crisisplans.lifecycle import SUGGESTION_STEPS, SuggestionState
from crisisplans.models import Suggestion
from crisisplans.opening_notices import tell_suggested
from crisisplans.policies import may_look_now
from crisisplans.queries.opened import access_reading
from crisisplans.queries.suggested import SUGGESTION
from crisisplans.services.opening import chain_of
from crisisplans.services.saving import save_part
from people.decisions import Refused, require
from people.models import Person
from people.transitions import target

LONGEST = 2000
# More than anybody reads in an evening.
MOST_WAITING = 20
SAID = gettext_lazy("This was answered meanwhile. Please look again.")


@transaction.atomic
def suggest(*, by: Membership, pk: int, part: str, text: str) -> Suggestion:
    """Suggest words for one part of what is open for a review. The same words twice are one suggestion.

    By its readers while it is open. Raises Http404, `Refused` for a part that is not open, for too many, and where the
    owner's plan is being erased.
    """
    member = lock_membership(by)
    now = clock.now()
    owner_id = access_reading(member, pk, now).opening.plan.person_id
    # The keys' lock comes before those of openings (crisisplans.sealing).
    box = _box_of(owner_id)
    reading = access_reading(member, pk, now, lock=True)
    opening = reading.opening
    require(may_look_now(member, now))
    if not opening.takes_suggestions_for(part):
        raise Http404
    waiting = list(Suggestion.objects.filter(opening=opening, by=member, state=SuggestionState.WAITING))
    for row in waiting:
        if row.part == part and box.unseal(str(row.ref), SUGGESTION, row.sealed) == text:
            return row
    if len(waiting) >= MOST_WAITING:
        raise Refused(_("You have made many suggestions. Please wait until some are answered."))
    suggestion = Suggestion(opening=opening, by=member, part=part, made_at=now)
    suggestion.sealed = box.seal(str(suggestion.ref), SUGGESTION, text)
    suggestion.save()
    tell_suggested(suggestion, opening.plan.person, now)
    record(chain=chain_of(opening), verb="suggest for plan", actor=member.ref, subject=opening.ref, at=now)
    return suggestion


@transaction.atomic
def take_back_suggestion(*, by: Membership, pk: int) -> Suggestion:
    """Take one's own suggestion back while it waits and what it is for is open. Raises Http404, `Conflict`."""
    member = lock_membership(by)
    now = clock.now()
    row = Suggestion.objects.select_for_update(of=("self",)).filter(pk=pk, by=member).first()
    if row is None:
        raise Http404
    access_reading(member, row.opening_id, now)
    return _move(row, "take_back", member.ref)


@transaction.atomic
def accept_suggestion(
    *, person: Person, suggestion: Suggestion, text: str | None, seen_version: int, agreed: bool
) -> Suggestion:
    """Take a suggestion: its part is saved as the owner has it now (`text`), in one transaction; None saves nothing.

    By the plan's owner. Raises what `save_part` raises, Http404, and `Conflict` where it was answered or taken back.
    """
    plan = suggestion.opening.plan
    if plan.person_id != person.pk:
        raise Http404
    if text is not None:
        fields = {"text": text}
        save_part(
            person=person,
            kind=plan.kind,
            part=suggestion.part,
            fields=fields,
            seen_version=seen_version,
            agreed=agreed,
        )
    return _move(_own(person, suggestion.pk), "accept", f"person:{person.pk}")


@transaction.atomic
def decline_suggestion(*, person: Person, suggestion: Suggestion) -> Suggestion:
    """Leave a suggestion be, without a word. By the plan's owner. Raises Http404, `Conflict`."""
    return _move(_own(person, suggestion.pk), "decline", f"person:{person.pk}")


def _own(person: Person, pk: int) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("opening__community")
    row = rows.filter(pk=pk, opening__plan__person=person).first()
    if row is None:
        raise Http404
    return row


def _move(row: Suggestion, verb: str, by: str) -> Suggestion:
    """The one place where a suggestion's state changes."""
    row.state = SuggestionState(target(SUGGESTION_STEPS, verb, row.state, said=str(SAID)))
    now = clock.now()
    row.decided_at = now
    row.save(update_fields=["state", "decided_at"])
    chain = chain_of(row.opening) if verb == "take_back" else PEOPLE
    record(chain=chain, verb=f"{verb.replace('_', ' ')} suggestion", actor=by, subject=row.opening.ref, at=now)
    return row


def _box_of(owner_id: int) -> sealing.Box:
    try:
        return sealing.box_to_write(owner_id)
    except sealing.Unreadable:
        raise Http404 from None
