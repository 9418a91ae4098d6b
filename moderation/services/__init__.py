"""The verbs of moderation."""

from moderation.services.deciding import decide
from moderation.services.standing import change_standing
from moderation.services.watching import follow_up_holds

__all__ = ["change_standing", "decide", "follow_up_holds"]
