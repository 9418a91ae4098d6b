"""What is done about elections and seats."""

from elections.seats.services.holding import offer_to_stand_in, recall, step_down
from elections.seats.services.minding import see_to_two
from elections.seats.services.running import follow_up_seats
from elections.seats.services.standing import answer, nominate, stand, withdraw

__all__ = [
    "answer",
    "follow_up_seats",
    "nominate",
    "offer_to_stand_in",
    "recall",
    "see_to_two",
    "stand",
    "step_down",
    "withdraw",
]
