"""Which session somebody inactive may come to: the one they chose to come back to. Who keeps that says it here."""

from collections.abc import Callable

from communities.models import Membership
from meetings.models.sessions import Session

Question = Callable[[Membership, Session], bool]
_questions: list[Question] = []


def register(question: Question) -> None:
    """Say how it is known; called once, as the site starts."""
    _questions.append(question)


def is_return_session(membership: Membership, session: Session) -> bool:
    """Whether this is the session to which somebody inactive asked to come back. A query at most for each question."""
    return any(question(membership, session) for question in _questions)
