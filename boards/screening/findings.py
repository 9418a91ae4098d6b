"""What screening hands back. Screening is a pause for a person to look: it decides nothing."""

from dataclasses import dataclass

LONGEST = 10_000
"""The longest text that is read, in characters."""

THREAT = "imminent_threat"
SELF_HARM = "account_of_self_harm"
FAILED = "rule_failed"
ALL_RULES: frozenset[str] = frozenset({THREAT, SELF_HARM})


@dataclass(frozen=True)
class Finding:
    """One rule's reason for asking a person to look.

    `phrase` is a name from the data, never the member's words; `reason` is English, to be passed to gettext;
    `urgency` is 2 where a life may be at stake, else 1.
    """

    rule: str
    reason: str
    urgency: int
    phrase: str


class TextTooLong(ValueError):
    """The text is longer than LONGEST. Whoever called keeps it and says so to its writer."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters, at most {LONGEST} are read")
        self.length = length
