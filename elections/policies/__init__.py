"""Who may do what in elections."""

from elections.policies.polls import may_see_polls, may_vote, secret_is_possible

__all__ = ["may_see_polls", "may_vote", "secret_is_possible"]
