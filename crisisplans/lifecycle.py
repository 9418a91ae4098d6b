"""The kinds of plans and looks, and the states of what others suggest."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.transitions import Step, step


class PlanKind(TextChoices):
    CRISIS = "crisis", _("crisis plan")
    DEVELOPMENT = "development", _("personal development plan")


class OpeningKind(TextChoices):
    """Why somebody may look for a time (domain, section 4.5)."""

    REVIEW = "review", _("a review by named people")
    NAMED = "named", _("shared with somebody of the community")
    LINK = "link", _("shared with somebody outside, by a link")
    CALL = "call", _("a support call")


# These end by themselves, whatever else happens.
WITH_AN_END = (OpeningKind.REVIEW, OpeningKind.LINK)


class SuggestionState(TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


SUGGESTION_STEPS: dict[str, Step] = {
    # The plan's owner's.
    "accept": step(SuggestionState.WAITING, to=SuggestionState.ACCEPTED),
    "decline": step(SuggestionState.WAITING, to=SuggestionState.DECLINED),
    # Of whoever made it.
    "take_back": step(SuggestionState.WAITING, to=SuggestionState.TAKEN_BACK),
}
