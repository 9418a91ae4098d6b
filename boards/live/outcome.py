"""What one look at the open pages came to."""

from dataclasses import dataclass, field

from boards.live.sockets import Socket


@dataclass
class Outcome:
    """What one look found: what to send to whom, in order, and whom to close."""

    sends: list[tuple[Socket, str]] = field(default_factory=list)
    closes: list[tuple[Socket, int]] = field(default_factory=list)
    # Somebody has not had everything yet: look again at once.
    unfinished: bool = False
    # The database could not be asked.
    failed: bool = False
