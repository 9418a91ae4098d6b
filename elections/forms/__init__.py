"""Forms of elections."""

from elections.forms.polls import VoteForm

__all__ = ["VoteForm"]
