"""What the owner of a plan does with it: opens it to others for a time, and ends that at any moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.models import Membership
from communities.queries import lock_membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.link_secrets import code_digest, code_for, token_digest, token_for
from crisisplans.link_words import LABEL, LinkWords
from crisisplans.models import Opening, OutsideLink, Plan
from crisisplans.opening_notices import tell_linked
from crisisplans.policies import may_open_here
from crisisplans.queries.opened import links_at
from crisisplans.queries.opened_words import link_words
from crisisplans.queries.owning import access_own_opening, may_be_asked
from crisisplans.sealing import box_to_write
from crisisplans.services.opening import close_opening, lock_plan, open_plan
from people.decisions import Conflict, Refused, require
from people.models import Person

# Times to choose from are hours apart.
ABOUT = timedelta(minutes=1)


@dataclass(frozen=True)
class MadeLink:
    """A link as its maker sees it: the secret part of its address, and the code that goes another way."""

    opening: Opening
    token: str
    code: str


@transaction.atomic
def open_to_members(
    *,
    by: Membership,
    plan: Plan,
    kind: OpeningKind,
    parts: Collection[str],
    readers: Iterable[Membership],
    lasts: timedelta,
) -> Opening:
    """Open one's own plan to named people of a community: for a review, or to share it.

    By its owner, whose membership this is. Raises `Refused` for an owner who can't open it there now and for readers
    who can't be asked (one sentence for all of them), and what `open_plan` raises.
    """
    member = lock_membership(by)
    require(may_open_here(member))
    if member.person_id != plan.person_id or kind not in (OpeningKind.REVIEW, OpeningKind.NAMED):
        raise Refused(_("You can open your own plan only."))
    now = clock.now()
    asked = {reader.pk for reader in readers}
    if may_be_asked(member, now).filter(pk__in=asked).count() < len(asked):
        raise Refused(_("Not everybody you chose can read it now. Please choose again."))
    return open_plan(
        plan=plan,
        kind=kind,
        parts=parts,
        readers=readers,
        until=now + lasts,
        community=member.community,
        by=member.ref,
    )


@transaction.atomic
def open_by_link(
    *, person: Person, plan: Plan, parts: Collection[str], words: LinkWords, lasts: timedelta, form_key: UUID
) -> MadeLink:
    """Make a link for somebody outside, and the code to give another way. Both are seen by its maker only.

    By the plan's owner. The same form sent again shows the same link and code (docs/adr/0032). Raises `Conflict` where
    that link is over by now or was made with other choices, and what `open_plan` raises.
    """
    if plan.person_id != person.pk:
        raise Refused(_("You can open your own plan only."))
    box = box_to_write(person.pk)
    lock_plan(plan.pk)
    now = clock.now()
    token, code = token_for(plan.pk, form_key), code_for(plan.pk, form_key)
    there = OutsideLink.objects.select_related("opening").filter(token_digest=token_digest(token)).first()
    if there is not None:
        if not links_at(now).filter(pk=there.pk).exists():
            raise Conflict(_("This link is over. Please make a new one."))
        if not _is_as_chosen(there.opening, parts, lasts) or link_words(there, box) != words:
            # Somebody went back and chose otherwise: that link may hold more than what they see before them.
            raise Conflict(
                _("This page has made a link already, with other choices. It is among what is open. Please begin anew.")
            )
        return MadeLink(there.opening, token, code)
    opening = open_plan(
        plan=plan,
        kind=OpeningKind.LINK,
        parts=parts,
        readers=(),
        until=now + lasts,
        community=None,
        by=f"person:{person.pk}",
    )
    link = OutsideLink(opening=opening, token_digest=token_digest(token), code_digest=code_digest(token, code))
    link.sealed = box.seal(str(link.ref), LABEL, words.written())
    link.save()
    tell_linked(opening, person, now)
    return MadeLink(opening, token, code)


def _is_as_chosen(opening: Opening, parts: Collection[str], lasts: timedelta) -> bool:
    until = opening.opened_at + lasts
    return set(opening.parts) == set(parts) and opening.until is not None and abs(opening.until - until) < ABOUT


@transaction.atomic
def end_opening(*, person: Person, pk: int) -> Opening:
    """End one of one's own openings, of whatever kind, at any moment: from the next request on. Twice is once.

    By the plan's owner; also while the plan is shut after a way back, for it only closes a door. Raises Http404.
    """
    return close_opening(opening=access_own_opening(person, pk), by=f"person:{person.pk}", why="withdrawn")


@transaction.atomic
def tell_at_once(*, person: Person, wanted: bool) -> None:
    """Say whether one wants to be told of each look at once, for all of one's own plans. By their owner."""
    for plan in Plan.objects.select_for_update(of=("self",)).filter(person=person).order_by("pk"):
        plan.tell_at_once = wanted
        plan.save(update_fields=["tell_at_once"])
