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


class Reason(TextChoices):
    WORRYING = "worrying", _("Somebody may be in danger")
    ABOUT_SOMEBODY_ELSE = "about_somebody_else", _("It is about somebody else's life")
    UNKIND = "unkind", _("It may hurt somebody")
    TOO_MUCH_DETAIL = "too_much_detail", _("It has more detail than is safe to read")
    PRIVATE = "private", _("It tells something that should stay private")
    FINE = "fine", _("It is all right")
    OTHER = "other", _("Something else")


DECIDABLE = {
    State.HELD: (Verb.RELEASE, Verb.RETURN, Verb.REMOVE),
    State.HIDDEN: (Verb.PUT_BACK, Verb.REMOVE),
    State.ACCEPTED: (Verb.HIDE, Verb.REMOVE),
}
