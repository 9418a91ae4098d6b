"""The verbs of motions: each authorises, locks, changes and records in one transaction."""

from elections.motions.services.happening import happen_due
from elections.motions.services.opening import open_due
from elections.motions.services.proposing import propose_motion, withdraw_motion
from elections.motions.services.words import look_at_words, write_words

__all__ = ["happen_due", "look_at_words", "open_due", "propose_motion", "withdraw_motion", "write_words"]
