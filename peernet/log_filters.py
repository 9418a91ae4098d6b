"""Lines that would come again and again: the first says it, the rest of that minute is only counted."""

import logging
from time import monotonic

# Seconds.
EVERY = 60.0


class NowAndThen(logging.Filter):
    """Lets the same line of a logger through once a minute, with how many there were in between."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written. The sentence counts, not what is filled in."""
        which, at = (record.name, str(record.msg)), monotonic()
        said_at, left_out = self.seen.get(which, (-EVERY, 0))
        if at - said_at < EVERY:
            self.seen[which] = said_at, left_out + 1
            return False
        self.seen[which] = at, 0
        if left_out:
            record.facts = {**getattr(record, "facts", {}), "left_out": left_out}
        return True
