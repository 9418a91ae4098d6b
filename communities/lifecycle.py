"""The states of a membership and the table of steps between them (domain, sections 3 and 5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class State(TextChoices):
    PROSPECTIVE = "prospective", _("prospective member")
    ACTIVE = "active", _("member")
    ON_A_BREAK = "on_a_break", _("on a break")
    INACTIVE = "inactive", _("inactive")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", _("left")
    DIED = "died", _("died")


class Kind(TextChoices):
    MEMBER = "member", _("member")
    STAFF = "staff", _("staff")


class SuspendedFrom(TextChoices):
    BOARD = "board", _("the board")
    EVERYTHING = "everything", _("everything but your own plan, contacts and letters")


class Office(TextChoices):
    TOP_THREE = "top_three", _("Top Three")
    ALTERNATE = "alternate", _("alternate")
    CARETAKER = "caretaker", _("caretaker")


# Who decides on posts, admits and sends invitations while their term is in force.
DECIDING_OFFICES = frozenset({Office.TOP_THREE, Office.CARETAKER})
# To others a break, inactivity and suspension all show as "away" (domain, section 3).
AWAY = frozenset({State.ON_A_BREAK, State.INACTIVE, State.SUSPENDED})
HERE = frozenset({State.PROSPECTIVE, State.ACTIVE, *AWAY})


def office_in_words(offices: frozenset[Office]) -> str:
    """The one office that others see beside a name; "" for none."""
    shown = next(
        (office for office in (Office.TOP_THREE, Office.CARETAKER, Office.ALTERNATE) if office in offices), None
    )
    return str(shown.label) if shown else ""


STEPS: dict[str, Step] = {
    "admit": step(State.PROSPECTIVE, to=State.ACTIVE),
    "begin_break": step(State.ACTIVE, to=State.ON_A_BREAK),
    "end_break": step(State.ON_A_BREAK, to=State.ACTIVE),
    "make_inactive": step(State.ACTIVE, State.ON_A_BREAK, to=State.INACTIVE),
    "welcome_back": step(State.INACTIVE, to=State.ACTIVE),
    # Also from suspended: what two decided until a meeting, the meeting's own decision takes the place of.
    "suspend": step(State.ACTIVE, State.ON_A_BREAK, State.INACTIVE, State.SUSPENDED, to=State.SUSPENDED),
    "end_suspension": step(State.SUSPENDED, to=State.ACTIVE),
    "leave": step(*HERE, to=State.LEFT),
    "join_again": step(State.LEFT, to=State.PROSPECTIVE),
    "record_death": step(*HERE, State.LEFT, to=State.DIED),
}


class Instead(TextChoices):
    """Why somebody is admitted though what the rule asks for is not recorded on the site."""

    ON_PAPER = "on_paper", _("The group looked at a plan on paper")
    NOT_PUT_DOWN = "not_put_down", _("The group looked at it, but nobody put it down here")
    GROUP_ASKED = "group_asked", _("The group wants them in without it for now")


class ApartState(TextChoices):
    """Keeping two people apart: asked for, decided, ended by the one who asked (domain, section 8)."""

    ASKED = "asked", _("waits for an answer")
    IN_FORCE = "in_force", _("in force")
    DECLINED = "declined", _("not done")
    ENDED = "ended", _("ended")


class ApartSays(TextChoices):
    """What one of those who decide says to it."""

    YES = "yes", _("Yes, keep them apart")
    NO = "no", _("No, not this way")


APART_OPEN = frozenset({ApartState.ASKED, ApartState.IN_FORCE})
APART_STEPS: dict[str, Step] = {
    "set": step(ApartState.ASKED, to=ApartState.IN_FORCE),
    "decline": step(ApartState.ASKED, to=ApartState.DECLINED),
    "end": step(ApartState.ASKED, ApartState.IN_FORCE, to=ApartState.ENDED),
}


class AskingState(TextChoices):
    """Of asking the others to take one of one's times of looking over."""

    OPEN = "open", _("asked")
    TAKEN = "taken", _("somebody takes it")
    WITHDRAWN = "withdrawn", _("not asked any more")


ASKING_STEPS: dict[str, Step] = {
    "take": step(AskingState.OPEN, to=AskingState.TAKEN),
    "withdraw": step(AskingState.OPEN, to=AskingState.WITHDRAWN),
}
