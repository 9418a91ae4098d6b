"""The words of a suggestion, opened for the plan's owner, and their part as it would be with them."""

from crisisplans.comparing import fields_of
from crisisplans.models import Suggestion
from crisisplans.parts import TEXT, parts_of
from crisisplans.queries.own import OwnPlan

# Under which field of its row a suggestion is sealed.
SUGGESTION = "suggestion"


def words_suggested(row: Suggestion, own: OwnPlan) -> str:
    """What was suggested. Raises `sealing.Unreadable`. No query."""
    return own.box.unseal(str(row.ref), SUGGESTION, row.sealed)


def has_one_text(kind: str, part: str) -> bool:
    """Whether a part is one text, so that a suggestion can be put at its end."""
    kinds = parts_of(kind)
    return part in kinds and kinds[part].fields == TEXT


def taken_in(row: Suggestion, own: OwnPlan) -> str:
    """The part with the suggestion at its end, for its owner to change before it is saved."""
    before = fields_of(own.words, row.part).get("text", "")
    return "\n".join(text for text in (before, words_suggested(row, own)) if text)
