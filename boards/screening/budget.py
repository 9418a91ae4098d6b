"""How much work a rule may do on one text. Every loop over a text pays its way, so nothing can hang (6.4)."""

import time

STEPS = 400_000
SECONDS = 0.5
LOOK_AT_CLOCK_EVERY = 512


class OverBudget(Exception):
    """A rule wanted more steps or more time than it was given. Its text is held."""


class Budget:
    """Counts steps, and now and then looks at the processor time this thread has used.

    Steps are exact and the same on every machine. The time is processor time, so that a busy machine
    holds nothing back that a quiet one would let through.
    """

    def __init__(self, steps: int = STEPS, seconds: float = SECONDS) -> None:
        self.steps = steps
        self.spent = 0
        self._ends = time.thread_time() + seconds
        self._next_look = LOOK_AT_CLOCK_EVERY

    def spend(self, steps: int = 1) -> None:
        """Pay for `steps` steps; raises OverBudget when they, or the time, have run out."""
        self.spent += steps
        if self.spent > self.steps:
            raise OverBudget("steps")
        if self.spent >= self._next_look:
            self._next_look = self.spent + LOOK_AT_CLOCK_EVERY
            if time.thread_time() > self._ends:
                raise OverBudget("time")
