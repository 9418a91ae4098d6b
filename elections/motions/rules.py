"""The rules of motions: how long they are talked over and voted on, how many must vote and say yes, who votes, what
is secret (domain, section 2: each community's own, changed by a vote)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from communities.rules import RuleKind, everywhere, on_off, read_switch, register
from elections.lifecycle import Majority

MAJORITY_WORDS = {
    Majority.HALF: _("More must say yes than no."),
    Majority.TWO_THIRDS: _("For each one who says no, two must say yes."),
    Majority.THREE_QUARTERS: _("For each one who says no, three must say yes."),
}
# How many of a hundred on the roll must have voted.
QUORUM = {"none": 0, "quarter": 25, "third": 33, "half": 50}
QUORUM_WORDS = {
    "none": _("A vote counts however many have voted."),
    "quarter": _("A vote counts when at least a quarter of those who may vote have voted."),
    "third": _("A vote counts when about a third of those who may vote have voted."),
    "half": _("A vote counts when at least half of those who may vote have voted."),
}
SECRET_WORDS = {
    "people": _("Votes about a person are secret. In all others everybody sees afterwards who chose what."),
    "all": _("All votes are secret."),
}
TALK = ngettext_lazy(
    "There is %(n)s day to talk something over before the vote on it opens.",
    "There are %(n)s days to talk something over before the vote on it opens.",
    "n",
)
VOTE = ngettext_lazy("A vote is open for %(n)s day.", "A vote is open for %(n)s days.", "n")
URGENT = ngettext_lazy(
    "A special meeting, asking staff in, or somebody looking at posts first: the vote opens at once, for %(n)s day.",
    "A special meeting, asking staff in, or somebody looking at posts first: the vote opens at once, for %(n)s days.",
    "n",
)


# Key, title, value, reason, sentence, least, most: days.
LENGTHS: tuple[tuple[str, Any, int, Any, Any, int, int], ...] = (
    (
        "motion_talk_days",
        _("Time to talk it over"),
        3,
        _("So that everybody has heard of it, and people can change each other's minds first."),
        TALK,
        0,
        14,
    ),
    (
        "motion_vote_days",
        _("How long a vote is open"),
        7,
        _("Long enough for somebody who has a bad week, or looks in only on programme days."),
        VOTE,
        3,
        21,
    ),
    ("motion_urgent_days", _("Votes that cannot wait"), 2, _("Some things can't wait for a week."), URGENT, 1, 7),
)
# Key, title, value, words of each value, reason.
CHOICES: tuple[tuple[str, Any, str, Mapping[Any, Any], Any], ...] = (
    (
        "motion_quorum",
        _("How many must have voted"),
        "third",
        QUORUM_WORDS,
        _("So that a few can't decide for all while the others are away."),
    ),
    (
        "motion_majority",
        _("How many must say yes"),
        "half",
        MAJORITY_WORDS,
        _("Those who leave it to the others count as having voted, and for neither side."),
    ),
    (
        "motion_majority_person",
        _("How many must say yes to suspend somebody or end their office"),
        "two_thirds",
        MAJORITY_WORDS,
        _("It weighs more than other things. A narrow vote would leave the place split."),
    ),
    (
        "motion_secret",
        _("Which votes are secret"),
        "people",
        SECRET_WORDS,
        _(
            "Nobody should have to say yes or no to somebody under everybody's eyes. With fewer than five members "
            "no vote can be secret."
        ),
    ),
)
STAFF_VOTE = RuleKind(
    "staff_vote",
    _("Whether staff vote"),
    {"day_community": True, "service_user_network": False, "crisis_house": False},
    _("Members and staff meet somebody new together. Members always outnumber staff, or staff do not vote."),
    on_off(
        _("Staff vote on who becomes a member, and on nothing else, while there are more members than staff."),
        _("Only members vote."),
    ),
    read_switch,
)


def register_all() -> None:
    """Make the rules of motions known; called once, as the site starts."""
    for key, title, value, reason, words, least, most in LENGTHS:
        register(RuleKind(key, title, everywhere(value), reason, _days(words), int, _between(least, most)))
    for key, title, chosen, said, reason in CHOICES:
        register(RuleKind(key, title, everywhere(chosen), reason, _said(said), str, said.__contains__, tuple(said)))
    register(STAFF_VOTE)


def _days(words: Any) -> Any:
    return lambda value: words % {"n": value}


def _said(words: Mapping[str, Any]) -> Any:
    return lambda value: str(words[value])


def _between(least: int, most: int) -> Any:
    return lambda value: least <= value <= most
