"""When a piece of local life should be looked at again: half a year after somebody last did."""

from datetime import date, timedelta

# As long as the site's own contacts wait (helpnow.checks).
HOLDS_FOR = timedelta(days=183)


def is_due(checked_on: date, today: date) -> bool:
    """Whether half a year has gone by. Days by London's clock."""
    return today >= due_on(checked_on)


def due_on(checked_on: date) -> date:
    """The day from which somebody is asked to look again."""
    return checked_on + HOLDS_FOR


def due_if_before(today: date) -> date:
    """What was last looked at on this day or earlier is due today."""
    return today - HOLDS_FOR
