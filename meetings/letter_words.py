"""How the group's letter begins before anybody has touched it, and what always stands under it, whatever they write."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.attendance import Counts
from meetings.lifecycle.attendance import After
from meetings.models.absences import AbsenceCase


def beginning(case: AbsenceCase) -> str:
    """The first words, in the group's name: that we think of them, that a word is enough, and no blame."""
    facts = {"name": case.membership.display_name, "place": case.community.name, "seen": _not_seen(case)}
    return (
        _(
            "Dear %(name)s,\n\n"
            "%(seen)s We think of you and wonder how you are.\n\n"
            "Nobody is cross with you. If things are hard just now, you do not have to explain anything. One word is "
            "enough: tap an answer under this letter, ring us, or tell somebody you like to talk to.\n\n"
            "There is a chair for you here.\n\n"
            "Warm wishes from all of us at %(place)s"
        )
        % facts
    )


def _not_seen(case: AbsenceCase) -> str:
    number = len(case.units)
    if case.counts == Counts.WEEKS:
        return ngettext("We have not seen you for %(n)s week.", "We have not seen you for %(n)s weeks.", number) % {
            "n": number
        }
    return ngettext(
        "We have not seen you on our last %(n)s programme day.",
        "We have not seen you on our last %(n)s programme days.",
        number,
    ) % {"n": number}


def what_follows(case: AbsenceCase) -> str:
    """What our rule says: under every letter, so that nobody learns of it only when it happens (domain, 4.11)."""
    answer = ngettext(
        "Our rule gives you %(n)s day to answer, from the day this letter has reached you.",
        "Our rule gives you %(n)s days to answer, from the day this letter has reached you.",
        case.answer_days,
    ) % {"n": case.answer_days}
    if case.after == After.SUSPEND:
        months = ngettext("%(n)s month", "%(n)s months", case.months) % {"n": case.months}
        then = _(
            "If we hear nothing, two who look after this place decide whether it is closed to you, for %(months)s at "
            "the most. "
            "You could ask to come back on any day of it."
        ) % {"months": months}
    elif case.after == After.INACTIVE:
        then = _(
            "If we hear nothing, one who looks after this place decides whether you are inactive for now. The board is "
            "closed to you then. Coming back takes one button."
        )
    else:
        return _("You do not have to answer, and nothing follows if you don't.")
    return f"{answer} {then} {_('Any word from you is an answer, and then nothing of this happens.')}"
