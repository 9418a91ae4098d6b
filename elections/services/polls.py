"""Opening a vote, voting, and calling one off (ADR 0022)."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.lifecycle import Kind
from communities.models import Community, Membership
from communities.queries import access_membership
from elections import ballots, keys, outcomes
from elections.counting import Measure, fingerprint
from elections.lifecycle import POLL_STEPS
from elections.models import Box, Elector, OpenVote, Poll
from elections.policies.polls import check_in_time, may_vote, secret_is_possible
from elections.queries import elector_of, lock_poll
from people.decisions import Conflict, Refused, require
from people.transitions import target


@transaction.atomic
def open_poll(
    *,
    community: Community,
    purpose: str,
    subject: str,
    secret: bool,
    options: list[str],
    electorate: list[Membership],
    closes_at: datetime,
    most: int | None,
    by: str,
    now: datetime,
    seats: int = 1,
    measure: Measure | None = None,
) -> Poll:
    """Open a vote: options and roll are what they are now, until it is counted (safety checks, 4.7).

    Called by services that have authorised `by` (a reference), in their transaction. `secret` is a wish: with fewer
    than 5 members the vote is open, and says so. `most`: how many options one ballot may name, None for any number.
    `seats`: how many win. `measure`: for a yes or no, whose first two options are yes and no. `now`: asked after the
    caller's locks. Raises ValueError for what can't be voted on.
    """
    outcomes.of(purpose)
    _check(community=community, options=options, electorate=electorate, most=most, seats=seats, measure=measure)
    secret = secret and secret_is_possible(electorate)
    poll = Poll.objects.create(
        community=community,
        purpose=purpose,
        subject=subject,
        secret=secret,
        options=options,
        most=most,
        seats=seats,
        quorum=measure.quorum if measure else 0,
        majority=measure.majority if measure else "",
        electorate=len(electorate),
        opened_by=by,
        opened_at=now,
        closes_at=closes_at,
        key_name=keys.make() if secret else "",
    )
    _begin(poll, electorate)
    return poll


def _begin(poll: Poll, electorate: list[Membership]) -> None:
    Elector.objects.bulk_create(Elector(poll=poll, membership=member) for member in electorate)
    Box.objects.create(poll=poll, sealed=first_box(poll))
    facts = {
        "purpose": poll.purpose,
        "about": poll.subject,
        "secret": poll.secret,
        "options": len(poll.options),
        "roll": poll.electorate,
        "closes": poll.closes_at.isoformat(),
    }
    note(poll, "open vote", by=poll.opened_by, now=poll.opened_at, facts=facts)


def _check(
    *,
    community: Community,
    options: list[str],
    electorate: list[Membership],
    most: int | None,
    seats: int,
    measure: Measure | None,
) -> None:
    staff = sum(member.kind == Kind.STAFF for member in electorate)
    fits = {
        "an option": options and all(options),
        "two options to a yes or no": measure is None or len(options) > 1,
        "seats": seats >= 1 and (most is None or most >= 1),
        "somebody to vote": electorate,
        "one community": all(member.community_id == community.pk for member in electorate),
        "each once": len({member.pk for member in electorate}) == len(electorate),
        "members outnumber staff": staff == 0 or staff * 2 < len(electorate),
    }
    if missing := [name for name, there in fits.items() if not there]:
        raise ValueError(f"A vote needs: {', '.join(missing)}.")


@transaction.atomic
def cast_vote(*, poll: Poll, by: Membership, choices: Sequence[int]) -> None:
    """Put one ballot into the box. Anybody on the roll who still takes part, once, before the close.

    Nothing that is kept says what they chose, or when; of an open vote it is a row. Raises `Refused` for somebody who
    is not on the roll or choices that can't be, `Conflict` after the close and for whoever has voted, Http404 for
    somebody who has left.
    """
    row = lock_poll(poll.pk)
    now = clock.now()
    # Read anew, not locked: whoever is suspended in this very moment has voted just before it.
    member = access_membership(by, by.pk)
    require(may_vote(member, elector_of(row, member)))
    check_in_time(row, now)
    ballot = _checked(row, choices)
    if not Elector.objects.filter(poll=row, membership=member, has_voted=False).update(has_voted=True):
        raise Conflict(_("You have voted on this already. Your vote is in the box."))
    sealed = _with_one_more(row, ballot)
    Box.objects.filter(poll=row).update(sealed=sealed)
    if not row.secret:
        OpenVote.objects.create(poll=row, membership=member, choices=sorted(ballot))
    note(row, "vote", by=member.ref, now=now, facts={"box": fingerprint(sealed)})


def _checked(poll: Poll, choices: Sequence[int]) -> frozenset[int]:
    ballot = frozenset(choices)
    if not ballot <= frozenset(range(len(poll.options))):
        raise Refused(_("That can't be chosen here."))
    if poll.most is not None and len(ballot) > poll.most:
        raise Refused(_("That is more than one vote can choose here. Please choose fewer."))
    if poll.most == 1 and not ballot:
        raise Refused(_("Please choose one."))
    return ballot


def _with_one_more(poll: Poll, ballot: frozenset[int]) -> bytes:
    if not poll.secret:
        return secrets.token_bytes(keys.LENGTH)
    try:
        key = keys.read(poll.key_name)
        return seal_box(poll, ballots.put_in(open_box(poll, key), ballot), key)
    except (keys.KeyLost, ballots.BoxBroken):
        said = _("The box for this vote can't be opened any more. The vote will be held again. We will ask you then.")
        raise Conflict(said) from None


def first_box(poll: Poll) -> bytes:
    """The box of a vote before anybody has voted."""
    if not poll.secret:
        return secrets.token_bytes(keys.LENGTH)
    places = ballots.empty(poll.electorate, len(poll.options))
    return seal_box(poll, places, keys.read(poll.key_name))


def open_box(poll: Poll, key: bytes) -> list[ballots.Ballot | None]:
    """The places of a secret vote's box. Raises `BoxBroken`. One query."""
    sealed = bytes(Box.objects.get(poll=poll).sealed)
    return ballots.unseal(
        sealed, key=key, electorate=poll.electorate, options=len(poll.options), bound_to=_bound_to(poll)
    )


def seal_box(poll: Poll, places: list[ballots.Ballot | None], key: bytes) -> bytes:
    """The box as it is stored."""
    return ballots.seal(places, key=key, options=len(poll.options), bound_to=_bound_to(poll))


def _bound_to(poll: Poll) -> str:
    return f"{poll.ref}:{poll.attempt}"


@transaction.atomic
def cancel_poll(*, poll: Poll, by: str, now: datetime) -> None:
    """Call a vote off before its close: nothing is counted, and the key is destroyed.

    Called by services that have authorised `by`. Raises `Conflict` once its close has come. `now`: asked before; the
    time that counts is asked again under the lock.
    """
    # Looked at before the lock: whoever counts holds the vote and waits for what the caller holds already.
    check_in_time(Poll.objects.get(pk=poll.pk), max(now, clock.now()))
    row = lock_poll(poll.pk)
    check_in_time(row, max(now, clock.now()))
    row.state = target(POLL_STEPS, "cancel", row.state, said=_("This vote is over already."))
    row.ended_at = now
    row.save(update_fields=["state", "ended_at"])
    OpenVote.objects.filter(poll=row).delete()
    destroy_key_after_commit(row.key_name)
    note(row, "call off vote", by=by, now=now, facts={})


def destroy_key_after_commit(name: str) -> None:
    """Destroy a key once what ends its vote is stored; what fails here, the sweep does again."""
    if name:
        transaction.on_commit(lambda: keys.destroy(name), robust=True)


def note(poll: Poll, verb: str, *, by: str, now: datetime, facts: dict[str, Any]) -> None:
    """Record a step of a vote: numbers and kinds, never a choice."""
    record(chain=poll.community.chain, verb=verb, actor=by, subject=poll.ref, at=now, facts=facts)
