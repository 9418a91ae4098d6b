"""The way of a post: its states, and the one table of steps between them (domain, section 6).

Being on the board is not a state but accepted and past `visible_at`, by the database's clock: no worker moves it there.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class State(TextChoices):
    ACCEPTED = "accepted", _("accepted")
    HELD = "held", _("held")
    HIDDEN = "hidden", _("hidden")
    TAKEN_BACK = "taken_back", _("taken back")
    RETURNED = "returned", _("returned")
    REMOVED = "removed", _("removed")
    ERASED = "erased", _("erased")


# Having been on the board, their place in the thread stays, their words do not.
LEFT_A_PLACE = (State.HIDDEN, State.REMOVED, State.ERASED)
# Waiting for two of the Top Three or for one: what their queue holds.
AWAITING_DECISION = (State.HELD, State.HIDDEN)

STEPS: dict[str, Step] = {
    # The author's, while it waits.
    "change": step(State.ACCEPTED, to=State.ACCEPTED),
    "change_into_hold": step(State.ACCEPTED, to=State.HELD),
    "change_held": step(State.HELD, to=State.HELD),
    "take_back": step(State.ACCEPTED, State.HELD, State.RETURNED, to=State.TAKEN_BACK),
    "send_again": step(State.RETURNED, to=State.ACCEPTED),
    "send_again_into_hold": step(State.RETURNED, to=State.HELD),
    # The Top Three's.
    # From returned or removed only where an objection was heard (moderation), or the community meeting said so.
    "release": step(State.HELD, State.RETURNED, State.REMOVED, to=State.ACCEPTED),
    "return": step(State.HELD, to=State.RETURNED),
    "hide": step(State.ACCEPTED, to=State.HIDDEN),
    "put_back": step(State.HIDDEN, State.REMOVED, to=State.ACCEPTED),
    "remove": step(State.HELD, State.HIDDEN, to=State.REMOVED),
    # What follows from a suspension, and from time.
    "hold": step(State.ACCEPTED, to=State.HELD),
    # What waits is taken back first, so that those who decide can read a held post for 72 hours more.
    "erase": step(State.ACCEPTED, State.HIDDEN, State.TAKEN_BACK, State.RETURNED, State.REMOVED, to=State.ERASED),
}

# Steps that an accepted post may take only in its pause; any other ("hide") only once it is on the board.
IN_ITS_PAUSE = frozenset({"change", "change_into_hold", "take_back", "hold"})
