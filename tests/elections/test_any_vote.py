"""Any way votes can take, by Hypothesis, held after each step against a plain model (safety checks, "Votes")."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as site
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

import clock.source
from audit.queries import verify
from communities.lifecycle import State
from communities.models import Membership
from elections import keys
from elections.counting import lot_of, may_be_said
from elections.lifecycle import PollState
from elections.models import OpenVote, Poll
from elections.services import cancel_poll, cast_vote
from elections.services.closing import destroy_spent_keys
from elections.services.polls import open_box
from people.decisions import Conflict, Refused
from tests.cast import Cast
from tests.elections.votes import LASTS, TREES, Heard, fresh, opened, register, sweep, voted
from tests.parts import ON_POSTGRES

NOON = datetime(2026, 6, 10, 11, tzinfo=UTC)
VOTERS = ("wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble")
ANYBODY = (*VOTERS, "finch", "dale", "teal")
CHOICES = st.frozensets(st.integers(0, 2))
WHICH = st.integers(0, 5)


@dataclass
class ModelPoll:
    """A vote as it should be."""

    row: Poll
    closes_at: datetime
    seats: int
    state: str = "open"
    attempt: int = 1
    given: dict[str, frozenset[int]] = field(default_factory=dict)
    key_is_there: bool = True

    def takes(self, now: datetime) -> bool:
        return self.state == "open" and now < self.closes_at

    def figures(self) -> list[int]:
        return [sum(option in paper for paper in self.given.values()) for option in range(3)]


def machine_for(cast: Cast, moment: list[datetime]) -> type[RuleBasedStateMachine]:
    """The machine, about this cast, whose time is `moment[0]`."""

    class AnyVote(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            moment[0] = NOON
            register(heard := Heard())
            self.heard, self.polls, self.away = heard, [], set()
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            for name in keys.names():
                keys.destroy(name)

        def pick(self, which: int) -> ModelPoll:
            return self.polls[which % len(self.polls)]

        # What people do.

        @precondition(lambda self: len(self.polls) < 4)
        @rule(secret=st.booleans(), seats=st.integers(1, 3))
        def open(self, secret: bool, seats: int) -> None:
            row = opened(cast, who=[cast[key] for key in VOTERS], secret=secret, seats=seats)
            self.polls.append(ModelPoll(row, moment[0] + LASTS, seats))

        @precondition(lambda self: self.polls)
        @rule(which=WHICH, by=st.sampled_from(ANYBODY), choices=CHOICES)
        def vote(self, which: int, by: str, choices: frozenset[int]) -> None:
            poll = self.pick(which)
            may = by in VOTERS and by not in self.away
            works = may and poll.takes(moment[0]) and by not in poll.given
            if works and poll.row.secret and not poll.key_is_there:
                self.attempt(lambda: cast_vote(poll=poll.row, by=cast[by], choices=sorted(choices)), False)
                return
            self.attempt(lambda: cast_vote(poll=poll.row, by=cast[by], choices=sorted(choices)), works)
            if works:
                poll.given[by] = choices

        @precondition(lambda self: self.polls)
        @rule(which=WHICH, by=st.sampled_from(VOTERS[:5]), first=CHOICES)
        def several_vote(self, which: int, by: str, first: frozenset[int]) -> None:
            for number, key in enumerate(VOTERS):
                if key != by:
                    self.vote(which, key, first if number % 2 else frozenset({number % 3}))

        @precondition(lambda self: self.polls)
        @rule(which=WHICH)
        def call_off(self, which: int) -> None:
            poll = self.pick(which)
            works = poll.takes(moment[0])
            self.attempt(lambda: cancel_poll(poll=poll.row, by="site", now=moment[0]), works)
            if works:
                poll.state = "cancelled"

        @rule(who=st.sampled_from(VOTERS[:4]))
        def go_or_come_back(self, who: str) -> None:
            self.away ^= {who}
            state = State.ON_A_BREAK if who in self.away else State.ACTIVE
            Membership.objects.filter(pk=cast[who].pk).update(state=state)

        # What happens.

        @precondition(lambda self: self.polls)
        @rule(which=WHICH)
        def lose_the_key(self, which: int) -> None:
            poll = self.pick(which)
            if poll.row.secret and poll.state == "open" and poll.key_is_there:
                (site.ELECTION_KEYS / f"{fresh(poll.row).key_name}.key").unlink()
                poll.key_is_there = False

        @rule(hours=st.sampled_from([1, 24, 24 * 6, 24 * 7]))
        def wait(self, hours: int) -> None:
            moment[0] += timedelta(hours=hours)

        @rule()
        def look(self) -> None:
            before = len(self.heard.results)
            due = [poll for poll in self.polls if poll.state == "open" and moment[0] >= poll.closes_at]
            sweep()
            destroy_spent_keys()
            for poll in self.polls:
                if poll.state == "open" and not poll.key_is_there:
                    self.hold_again(poll)
                elif poll in due:
                    poll.state = "counted"
            counted = [poll for poll in due if poll.state == "counted"]
            assert len(self.heard.results) == before + len(counted)

        def hold_again(self, poll: ModelPoll) -> None:
            poll.attempt += 1
            poll.closes_at, poll.given, poll.key_is_there = moment[0] + LASTS, {}, True

        def attempt(self, act: Callable[[], object], works: bool) -> None:
            try:
                with transaction.atomic():
                    act()
            except (Refused, Conflict):
                assert not works
            else:
                assert works

        # What must hold.

        @invariant()
        def everything_is_as_it_should_be(self) -> None:
            for poll in self.polls:
                row = fresh(poll.row)
                # Closed and not counted yet is not seen here: whoever looks does both.
                assert (row.state, row.attempt) == (poll.state, poll.attempt)
                assert (row.options, row.electorate) == (TREES, len(VOTERS))
                assert voted(row) == len(poll.given)
                if row.state == PollState.OPEN:
                    assert (row.outcome, row.lot) == (None, "")
                    self.box_holds_what_was_given(row, poll)
                if row.state == PollState.COUNTED:
                    self.outcome_is_right(row, poll)
                if row.state in {PollState.COUNTED, PollState.CANCELLED}:
                    assert not OpenVote.objects.filter(poll=row).exists() or row.state == PollState.COUNTED

        def box_holds_what_was_given(self, row: Poll, poll: ModelPoll) -> None:
            expected = sorted(sorted(paper) for paper in poll.given.values())
            if not row.secret:
                assert sorted(OpenVote.objects.filter(poll=row).values_list("choices", flat=True)) == expected
            elif poll.key_is_there:
                places = open_box(row, keys.read(row.key_name))
                assert len(places) == len(VOTERS)
                assert sorted(sorted(place) for place in places if place is not None) == expected

        def outcome_is_right(self, row: Poll, poll: ModelPoll) -> None:
            figures = poll.figures()
            order = sorted(range(3), key=lambda option: (-figures[option], lot_of(row.lot, option)))
            told = not row.secret or may_be_said(dict(enumerate(figures)), len(poll.given))
            assert row.outcome["winners"] == sorted(order[: poll.seats])
            assert row.outcome["figures"] == (figures if told else None)
            assert row.outcome["ballots"] == len(poll.given)

        @invariant()
        def the_record_is_whole(self) -> None:
            assert verify() == []

    return AnyVote


@pytest.mark.django_db
def test_any_way_of_a_vote_keeps_every_promise(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [NOON]
    monkeypatch.setattr(clock.source, "_source", lambda: moment[0])
    run_state_machine_as_test(
        machine_for(cast, moment),
        settings=settings(
            max_examples=5 if ON_POSTGRES else 15,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
        ),
    )
