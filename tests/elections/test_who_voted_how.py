"""Nobody can tell who voted how from anything that is kept, once the key is gone (safety checks, 4.1 and 4.2).

Sixty members give sixty different ballots. Whoever attacks has the roll and the record in their order, every box there
ever was, the database's files with its dead rows and its write-ahead log, and even the list of all ballots given. The
same attack with the key, or on a vote whose ballots are rows, tells all sixty: it is not the attack that is weak.
"""

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.test import Client

import clock
from audit.models import Entry
from communities.models import Membership
from elections import ballots, keys
from elections.models import OpenVote, Poll
from elections.services import close_due
from tests.cast import Cast, Role, client_of, make_membership, make_people
from tests.elections.kept import ON_POSTGRES, Kept, keep_the_whole_log, rows_in_order
from tests.elections.votes import opened

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS, OPTIONS, MOST_RIGHT = 60, 7, 4
PAPERS = [frozenset(bit for bit in range(OPTIONS) if number >> bit & 1) for number in range(1, VOTERS + 1)]
Papers = list[frozenset[int]]


@dataclass
class Voted:
    """A vote that is over: who gave which ballot (the truth), and what is kept."""

    poll: Poll
    truth: dict[int, frozenset[int]]
    kept: Kept
    key: bytes
    answers: list[tuple[int, int, frozenset[str]]]
    lines: list[dict[str, object]]

    def right(self, voters: list[int], guessed: Papers) -> int:
        """How many guesses of who gave which are right."""
        return sum(self.truth[voter] == paper for voter, paper in zip(voters, guessed, strict=True))


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """A seed of its own for everything that is drawn, so that the figure is the same in every run."""
    seeded = random.Random(60)
    monkeypatch.setattr(ballots, "chance", seeded)
    monkeypatch.setattr(ballots.secrets, "token_bytes", seeded.randbytes)
    return seeded


def sixty(cast: Cast) -> list[Membership]:
    now = clock.now()
    names = [f"voter{number}" for number in range(VOTERS)]
    people = make_people(names, now)
    rows = [make_membership(Role(name, "fellside"), cast.fellside, people[name], now) for name in names]
    return Membership.objects.bulk_create(rows)


def ways_in(members: list[Membership]) -> Iterator[tuple[Membership, Client]]:
    return ((member, client_of(member)) for member in members)


def everybody_votes(cast: Cast, chance: random.Random, caplog: pytest.LogCaptureFixture, *, secret: bool) -> Voted:
    members = sixty(cast)
    poll = opened(cast, who=members, secret=secret, options=[f"Tree {n}" for n in range(OPTIONS)])
    papers = chance.sample(PAPERS, VOTERS)
    truth = dict(zip([member.pk for member in members], papers, strict=True))
    key = keys.read(poll.key_name) if secret else b""
    kept, answers = Kept(), []
    keep_the_whole_log()
    kept.backed_up(poll)
    chance.shuffle(members)
    with caplog.at_level(logging.DEBUG):
        for member, client in ways_in(members):
            sent = {"option": [f"{option:02}" for option in sorted(truth[member.pk])]}
            answer = client.post(f"/c/fellside/votes/{poll.pk}/", sent)
            answers.append((answer.status_code, len(answer.content), frozenset(answer.headers)))
            kept.backed_up(poll)
    lines = [dict(record.facts) for record in caplog.records if hasattr(record, "facts")]
    Poll.objects.filter(pk=poll.pk).update(closes_at=clock.now())
    assert close_due() == 1
    assert keys.names() == []
    return Voted(poll, truth, kept.taken(), key, answers, lines)


def as_they_stand(box: bytes) -> list[bytes]:
    """The places of a box read as if nothing sealed it."""
    length = ballots.place_length(OPTIONS)
    inside = box[ballots.NONCE : -ballots.TAG]
    return [inside[at : at + length] for at in range(0, len(inside), length)]


def with_the_key(key: bytes, poll: Poll) -> Callable[[bytes], list]:
    def read(box: bytes) -> list:
        how = {"electorate": VOTERS, "options": OPTIONS, "bound_to": f"{poll.ref}:1"}
        return ballots.unseal(box, key=key, **how)

    return read


def what_came_new(boxes: list[bytes], read: Callable[[bytes], list]) -> Papers:
    """For each vote the ballot that its box has and the one before has not; any still left where that says nothing."""
    left, guessed = [*PAPERS], []
    for before, after in pairwise(boxes):
        new = [paper_of(place) for place in Counter(read(after)) - Counter(read(before)) if place is not None]
        guess = next((paper for paper in new if paper in left), left[0])
        left.remove(guess)
        guessed.append(guess)
    return guessed


def paper_of(place: bytes | frozenset[int]) -> frozenset[int]:
    if isinstance(place, frozenset):
        return place
    return frozenset(option for option in range(OPTIONS) if place[-1] >> option & 1)


def by_place(boxes: list[bytes]) -> Papers:
    """For each vote the first place of its box that is not as it was, read as a ballot."""
    left, guessed = [*PAPERS], []
    for before, after in pairwise(boxes):
        changed = [new for old, new in zip(as_they_stand(before), as_they_stand(after), strict=True) if old != new]
        guess = next((paper_of(place) for place in changed if paper_of(place) in left), left[0])
        left.remove(guess)
        guessed.append(guess)
    return guessed


def by_last_box(boxes: list[bytes]) -> Papers:
    """The ballots in the order of the places of the last box, as far as they can be read."""
    seen = [paper_of(place) for place in as_they_stand(boxes[-1])]
    first = list(dict.fromkeys(paper for paper in seen if paper in PAPERS))
    return [*first, *(paper for paper in PAPERS if paper not in first)]


def by_size_of_number(boxes: list[bytes]) -> Papers:
    """Ballots in order given to votes in the order of their boxes' bytes."""
    order = sorted(range(VOTERS), key=lambda number: boxes[number + 1])
    guessed: Papers = [frozenset()] * VOTERS
    for paper, number in zip(PAPERS, order, strict=True):
        guessed[number] = paper
    return guessed


def in_the_record(poll: Poll) -> list[int]:
    """Who voted, in the order of the record."""
    actors = Entry.objects.filter(subject=poll.ref, verb="vote").order_by("number").values_list("actor", flat=True)
    return [int(actor.partition(":")[2]) for actor in actors]


def test_sixty_ballots_are_joined_to_the_roll_by_nothing_that_is_kept(
    cast: Cast, chance: random.Random, caplog: pytest.LogCaptureFixture
) -> None:
    over = everybody_votes(cast, chance, caplog, secret=True)
    boxes = over.kept.boxes
    orders = {"record": in_the_record(over.poll), "roll": rows_in_order("elections_elector", over.poll)}
    guesses = {
        "what came new": what_came_new(boxes, as_they_stand),
        "by place": by_place(boxes),
        "by the last box": by_last_box(boxes),
        "by the boxes' bytes": by_size_of_number(boxes),
        "in the order of all ballots": PAPERS,
    }
    right = {
        (order, guess): over.right(voters, papers)
        for order, voters in orders.items()
        for guess, papers in guesses.items()
    }
    assert max(right.values()) <= MOST_RIGHT, right
    # With the key, which is no more, the same attack tells every one.
    assert over.right(orders["record"], what_came_new(boxes, with_the_key(over.key, over.poll))) == VOTERS

    # The old boxes do lie about on the disk; neither the key nor what was in them does.
    assert sum(box in over.kept.files for box in boxes) > VOTERS // 2
    assert over.key not in over.kept.files
    opens = with_the_key(over.key, over.poll)
    plain = [b"".join(ballots._packed(place, 2) for place in opens(box)) for box in boxes[1:]]
    assert not [text for text in plain if text in over.kept.files]

    # Sizes, answers and log lines are the same for all.
    assert len({len(box) for box in boxes}) == 1
    assert len(set(over.answers)) == 1
    votes = [line for line in over.lines if line.get("route") == "elections:poll"]
    assert len(votes) == VOTERS
    assert {(line["method"], line["status"], *sorted(line)) for line in votes} == {
        ("POST", 302, "method", "ms", "route", "status")
    }


def test_twin_whose_ballots_are_rows_tells_every_one(
    cast: Cast, chance: random.Random, caplog: pytest.LogCaptureFixture
) -> None:
    """Even without the column that says whose they are: the order of the rows is enough."""
    over = everybody_votes(cast, chance, caplog, secret=False)
    choices = dict(OpenVote.objects.filter(poll=over.poll).values_list("pk", "choices"))
    in_order = [frozenset(choices[pk]) for pk in rows_in_order("elections_openvote", over.poll, "id")]
    assert over.right(in_the_record(over.poll), in_order) == VOTERS
    if ON_POSTGRES:
        # The roll's own xmin does it too.
        assert over.right(rows_in_order("elections_elector", over.poll), in_order) == VOTERS
