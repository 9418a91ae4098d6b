"""Decisions on posts: which there are, and from which states (domain, section 6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from boards.lifecycle import State


class Verb(TextChoices):
    RELEASE = "release", _("Let it appear")
    RETURN = "return", _("Give it back with a reason")
    HIDE = "hide", _("Hide it for now")
    PUT_BACK = "put_back", _("Put it back")
    REMOVE = "remove", _("Take it off the board")
    WARN = "warn", _("Leave it there, and tell its author kindly what was not all right")


class Reason(TextChoices):
    WORRYING = "worrying", _("Somebody may be in danger")
    ABOUT_SOMEBODY_ELSE = "about_somebody_else", _("It is about somebody else's life")
    UNKIND = "unkind", _("It may hurt somebody")
    TOO_MUCH_DETAIL = "too_much_detail", _("It has more detail than is safe to read")
    PRIVATE = "private", _("It tells something that should stay private")
    AGAINST_RULE = "against_rule", _("It does not keep to one of our rules")
    FINE = "fine", _("It is all right")
    OTHER = "other", _("Something else")
    # Never chosen: what an objection, or the community meeting, came to.
    OBJECTION = "objection", _("An objection was heard")
    MEETING = "meeting", _("The community meeting decided so")


DECIDABLE = {
    State.HELD: (Verb.RELEASE, Verb.RETURN, Verb.REMOVE),
    State.HIDDEN: (Verb.PUT_BACK, Verb.REMOVE),
    State.ACCEPTED: (Verb.WARN, Verb.HIDE, Verb.REMOVE),
}
CHOSEN_REASONS = tuple(row for row in Reason.choices if row[0] not in {Reason.OBJECTION, Reason.MEETING})
# What its author may object to; a release or a putting back is in their favour.
OBJECTABLE = (Verb.RETURN, Verb.HIDE, Verb.REMOVE, Verb.WARN)
