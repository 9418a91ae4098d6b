"""Looking at what somebody opened: each look is on record before anything is shown (domain, section 4.12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404

import clock
from audit.services import record
from communities.models import Membership
from crisisplans.link_secrets import fits, token_digest
from crisisplans.models import Look, Opening, OpeningReader, OutsideLink
from crisisplans.opening_notices import tell_looked
from crisisplans.policies import may_look_now
from crisisplans.queries.opened import access_link, access_reading
from crisisplans.services.opening import chain_of
from people import tries
from people.decisions import require

# Wrong codes at one link in a day, from wherever they come. More than one place alone can use up (five in five
# minutes), so that nobody who has the address keeps out the one it is for; in a month far too few to guess a code.
TRIES_OF_ALL, IN = 1_500, timedelta(hours=24)
OUTSIDE = "outside"
LOOK, STAFF_LOOK = "look at plan", "staff look at plan"


@transaction.atomic
def note_look(*, by: Membership, pk: int, now: datetime, to_suggest: str = "") -> OpeningReader:
    """Put one look of a reader on record, before anything is shown to them; return what is open to them.

    `now`: when they came in by the door; the opening is asked for again under its lock. `to_suggest`: the part they
    want to suggest something for. Raises Http404 where it is not open to them or takes no suggestions, `Refused` for
    staff without their second step. Five queries, more where the owner is told at once.
    """
    reading = access_reading(by, pk, now, lock=True)
    require(may_look_now(by, now))
    if to_suggest and not reading.opening.takes_suggestions_for(to_suggest):
        raise Http404
    _keep(reading.opening, by, by.ref, now)
    return reading


@dataclass(frozen=True)
class TryAtCode:
    """What came of a code: the link whose opening may be read now, or none; and whether there were too many tries."""

    link: OutsideLink | None = None
    too_many: bool = False


def look_by_link(*, token: str, code: str, source: str) -> TryAtCode:
    """Look by a link and its code, as somebody outside; the look is on record before anything is shown.

    Whoever holds both. `source`: where the try comes from (`people.devices.source`); five in five minutes from one
    place, and 1,500 a day at one link, counted before the code is looked at (safety checks, 1.12). Raises Http404 for a
    link that opens nothing.
    """
    now = clock.now()
    if access_link(token, now) is None:
        raise Http404
    of_all = tries.Counter("plan code", token_digest(token), "everywhere")
    counter = tries.Counter("plan code", token_digest(token), source)
    if not tries.take(counter, now=now) or not tries.take(of_all, now=now, limit=TRIES_OF_ALL, window=IN):
        return TryAtCode(too_many=True)
    with transaction.atomic():
        link = access_link(token, clock.now(), lock=True)
        if link is None:
            raise Http404
        if not fits(token, code, link.code_digest):
            return TryAtCode()
        _keep(link.opening, None, OUTSIDE, clock.now())
    tries.forget(counter)
    tries.forget(of_all)
    return TryAtCode(link)


def _keep(opening: Opening, by: Membership | None, actor: str, now: datetime) -> None:
    look = Look.objects.create(opening=opening, membership=by, at=now)
    if opening.plan.tell_at_once:
        tell_looked(look, opening.plan.person, now)
    verb = STAFF_LOOK if by is not None and by.is_staff else LOOK
    record(chain=chain_of(opening), verb=verb, actor=actor, subject=opening.ref, at=now)
