"""A way back in for somebody without e-mail and codes: one of the Top Three and one of staff, in person, together."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.lifecycle import State
from communities.models import Membership, WayBack
from communities.policies import may_begin_way_back
from communities.queries import ASKED_LASTS, access_way_back, lock_membership
from people.decisions import Conflict, Refused, require
from people.services import issue_way_back


@transaction.atomic
def ask_way_back(*, membership: Membership, by: Membership) -> WayBack:
    """One of the two says: this person is with us and has lost every way in. The Top Three in office, or staff.

    Nothing opens until somebody of the other kind confirms it. Raises `Refused`.
    """
    asker = lock_membership(by)
    now = clock.now()
    require(may_begin_way_back(asker, now))
    if membership.community_id != asker.community_id:
        raise Http404
    if membership.pk == asker.pk or membership.state in {State.LEFT, State.DIED}:
        raise Refused(_("This can't be done for this person."))
    asked = WayBack.objects.create(membership=membership, asked_by=asker, asked_at=now)
    record(chain=asker.community.chain, verb="ask way back", actor=asker.ref, subject=membership.ref, at=now)
    return asked


@transaction.atomic
def confirm_way_back(*, way_back: WayBack, by: Membership) -> str:
    """The other of the two confirms and gets the one-use link's token, to be handed over in person, within the hour.

    One of the two is of the Top Three and the other of staff; neither is the person. Raises `Refused`, `Conflict`.
    """
    confirmer = lock_membership(by)
    row = access_way_back(confirmer, way_back.pk, lock=True)
    now = clock.now()
    require(may_begin_way_back(confirmer, now))
    if row.confirmed_at or now - row.asked_at > ASKED_LASTS or row.asked_by.state != State.ACTIVE:
        raise Conflict(_("This was confirmed already, or more than an hour has passed. Please start again."))
    if row.asked_by.is_staff == confirmer.is_staff or row.membership_id == confirmer.pk:
        raise Refused(_("One of the Top Three and one of staff do this together."))
    row.confirmed_by, row.confirmed_at = confirmer, now
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    # The people's chain before the community's, as signing up has it: two at once never wait for each other.
    token = issue_way_back(person=row.membership.person, by_one=row.asked_by.ref, by_two=confirmer.ref, now=now)
    record(
        chain=confirmer.community.chain,
        verb="confirm way back",
        actor=confirmer.ref,
        subject=row.membership.ref,
        at=now,
    )
    return token
