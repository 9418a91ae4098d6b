"""What came of a vote, in words for a page. Only what the row keeps, which is only what may be said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from elections.counting import lot_of, order_by_lot
from elections.lifecycle import PollState
from elections.models import OpenVote, Poll


@dataclass(frozen=True)
class OutcomeShown:
    """`said`: the outcome in one sentence; `winners`: by name; `rows`: figures, for the table, where they may be said.

    `passed_over`: somebody would have been among the winners but no longer stood.
    `lots`: every option with its number and its lot, in the order of the lot, for whoever wants to check it.
    """

    said: str
    winners: tuple[str, ...]
    rows: tuple[dict[str, object], ...]
    voted: str
    by_lot: bool
    passed_over: bool
    lots: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class VoteShown:
    """Who said what, in an open vote."""

    name: str
    said: str


def votes_shown(poll: Poll, votes: Iterable[OpenVote]) -> list[VoteShown]:
    """Open votes in words."""
    return [VoteShown(vote.membership.display_name, chosen_in_words(poll, vote)) for vote in votes]


def chosen_in_words(poll: Poll, vote: OpenVote) -> str:
    """What one open vote chose, as it stood on the paper."""
    return ", ".join(poll.options[option] for option in vote.choices) or _("None of these")


def outcome_shown(poll: Poll, seated: Collection[int] | None = None) -> OutcomeShown | None:
    """The outcome of a vote that is counted, in words; None before that. `seated`: see elections.outcomes. No query."""
    if poll.state != PollState.COUNTED or poll.outcome is None:
        return None
    kept = poll.outcome
    first = kept["winners"] if kept["passed"] is None else []
    winners = first if seated is None else [*(one for one in first if one in seated), *sorted(set(seated) - {*first})]
    order = order_by_lot(poll.lot, len(poll.options))
    return OutcomeShown(
        said=_said(poll),
        # Of a yes or no the sentence says it; where it takes more than half, “Yes” below a “No” would confuse.
        winners=tuple(poll.options[option] for option in winners),
        rows=_rows(poll),
        voted=ngettext("%(n)s of %(all)s voted.", "%(n)s of %(all)s voted.", kept["ballots"])
        % {"n": kept["ballots"], "all": poll.electorate},
        by_lot=kept["by_lot"],
        passed_over=bool(winners) and not {*first} <= {*winners},
        lots=tuple((option + 1, poll.options[option], lot_of(poll.lot, option)) for option in order),
    )


def _said(poll: Poll) -> str:
    kept = poll.outcome or {}
    if kept["passed"] is None:
        return ""
    if kept["passed"]:
        return _("Yes: it was agreed.")
    if not kept["quorate"]:
        return _("Not agreed: too few voted for it to count. It needed %(n)s of every 100.") % {"n": poll.quorum}
    return _("No: it was not agreed.")


def _rows(poll: Poll) -> tuple[dict[str, object], ...]:
    figures = (poll.outcome or {})["figures"]
    if figures is None:
        return ()
    pairs = sorted(enumerate(figures), key=lambda pair: (-pair[1], pair[0]))
    return tuple({_("Choice"): poll.options[option], _("Votes"): chosen} for option, chosen in pairs)
