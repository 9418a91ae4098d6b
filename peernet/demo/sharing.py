"""The demo's rota, bank and notes: how those who look after the place share it, lived through the real services."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import clock
from clock.london import day_of
from communities import turns
from communities.models import Membership
from communities.services import ask_others, change_rule, take_turn
from moderation.services import write_debrief
from outofhours.lifecycle import Item
from outofhours.services import register_for_training, set_learnt, sign_off
from people.decisions import Sitting

Members = dict[str, Membership]
Happening = tuple[datetime, int, Callable[[], Any]]

# Who is in the bank and who signed for them; who is still learning, and how many parts they have ticked.
BANK = {
    "fellside": {"heron": ("wren", "dale"), "fern": ("ash", "glen")},
    "riverside": {"teal": ("otter", "marsh"), "plover": ("kestrel", "marsh")},
}
LEARNING = {"fellside": {"linden": 8, "moss": 3}, "riverside": {"otter": 5}}
NOTE = (
    "Friday night was long for one person. It helped that Juniper rang me afterwards. I would like two of us to look "
    "on Fridays, or nobody, and to say so."
)
RULE_REASON = "Two people came back from a holiday to a link that had run out."


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What happened of this in one community, in no order."""
    for key, signers in BANK[slug].items():
        yield start - timedelta(days=9), 20, partial(_train, members, key, signers)
    for key, parts in LEARNING[slug].items():
        yield start - timedelta(days=3), 20, partial(_learn, members[key], parts)
    if slug == "fellside":
        yield start - timedelta(days=45), 5, partial(_longer_invitations, members["heron"])
        yield start - timedelta(days=2), 20, partial(_debrief, members["ash"])
        yield start - timedelta(days=1), 20, partial(_rota, members, start)


def _train(members: Members, key: str, signers: tuple[str, str]) -> None:
    place = _learn(members[key], len(Item))
    for signer in signers:
        sign_off(place=place, by=_sitting(members[signer]))


def _learn(member: Membership, parts: int) -> Any:
    register_for_training(by=member)
    return set_learnt(by=member, items=list(Item)[:parts])


def _longer_invitations(member: Membership) -> None:
    change_rule(
        community=member.community,
        key="invitation_days",
        value=21,
        reason=RULE_REASON,
        decided_by="a vote of the members",
        by="site",
        now=clock.now(),
    )


def _debrief(member: Membership) -> None:
    key = uuid5(NAMESPACE_URL, f"{member.community.slug} debrief")
    write_debrief(by=_sitting(member), words=NOTE, form_key=key)


def _rota(members: Members, start: datetime) -> None:
    """Juniper takes a morning that nobody has; Ash asks whether somebody takes one of the evenings."""
    take_turn(by=members["juniper"], on=day_of(start) + timedelta(days=4), starts=time(9), ends=time(11))
    now = clock.now()
    for look in turns.looks_of(members["ash"], now):
        if look.span.begins_at > start + timedelta(days=2):
            ask_others(by=members["ash"], pk=look.row.pk, on=look.on)
            return


def _sitting(member: Membership) -> Membership:
    member.sitting = Sitting(second_factor_at=clock.now())
    return member
