"""What meetings hold of one person about the group's letters: to them, what they did for others', and coming back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY, OF_MEMBERSHIP
from meetings.models import AbsenceCase, ComeBackAsked, LetterReached, LetterVoice, LetterWords
from people.models import Person
from people.own import NUMBER, OTHERS, TWICE, YOU, Part


def _words(case: AbsenceCase) -> str:
    """The words of a letter to them, once the group has agreed on it: before that it is nobody's letter."""
    newest = case.letters.last() if case.sent_at else None
    return newest.words if newest else ""


def _to(person: Person) -> Any:
    return AbsenceCase.objects.filter(membership__person=person).select_related("community")


PARTS = [
    Part(
        key="letters_of_the_group",
        title=_("Letters of the group to you, and what they were begun for"),
        model=AbsenceCase,
        mine=_to,
        fields={
            "counts": _("What was counted"),
            "needed": _("How many in a row"),
            "units": _("The days or weeks that were counted"),
            "answer_days": _("Days to answer"),
            "answer_by": _("The last day to answer"),
            "after": _("What could follow"),
            "months": _("For how many months at the most"),
            "state": _("State"),
            "begun_at": _("Begun"),
            "sent_at": _("Agreed on"),
            "answer": _("Your answer"),
            "closed_at": _("At its end"),
            "outcome": _("How it ended"),
            "by_role": _("Decided by"),
            "why": _("What they wrote to you"),
        },
        left_out={"id": NUMBER, "community": TWICE, "membership": YOU, "decided_by": OTHERS},
        also={**OF_COMMUNITY, "words": (_("The letter"), _words)},
    ),
    Part(
        key="letters_reached",
        title=_("How a letter of the group reached you"),
        model=LetterReached,
        mine=lambda person: LetterReached.objects.filter(case__membership__person=person),
        fields={"how": _("How"), "on": _("Day"), "at": _("Written down"), "taken_back_at": _("That was a mistake")},
        left_out={"id": NUMBER, "case": NUMBER, "by": OTHERS},
    ),
    Part(
        key="letters_handed_over",
        title=_("Letters of the group that you handed over, posted or told"),
        model=LetterReached,
        mine=lambda person: LetterReached.objects.filter(by__person=person).exclude(case__membership__person=person),
        fields={"how": _("How"), "on": _("Day"), "at": _("Written down")},
        left_out={"case": OTHERS, "by": YOU, "taken_back_at": OTHERS},
    ),
    Part(
        key="letters_written",
        title=_("What you wrote in letters of the group"),
        model=LetterWords,
        mine=lambda person: LetterWords.objects.filter(by__person=person),
        fields={"words": _("What you wrote"), "at": _("When")},
        left_out={"id": NUMBER, "case": OTHERS, "number": NUMBER, "by": YOU},
    ),
    Part(
        key="letters_agreed",
        title=_("Letters of the group that you said yes to"),
        model=LetterVoice,
        mine=lambda person: LetterVoice.objects.filter(by__person=person),
        fields={"at": _("When")},
        left_out={"id": NUMBER, "letter": OTHERS, "by": YOU},
    ),
    Part(
        key="absences_decided",
        title=_("What you decided when no answer came"),
        model=AbsenceCase,
        mine=lambda person: AbsenceCase.objects.filter(decided_by__person=person).select_related("community"),
        fields={"closed_at": _("When"), "outcome": _("What"), "why": _("What you wrote to them")},
        left_out={"membership": OTHERS, "decided_by": YOU},
        also=OF_COMMUNITY,
    ),
    Part(
        key="come_backs",
        title=_("Where you asked to come back after being inactive"),
        model=ComeBackAsked,
        mine=lambda person: ComeBackAsked.objects.filter(membership__person=person).select_related(
            "membership__community"
        ),
        fields={
            "words": _("What you wrote"),
            "made_at": _("Asked"),
            "state": _("State"),
            "closed_at": _("Answered"),
            "plan": _("What was said of a new plan"),
        },
        left_out={"id": NUMBER, "membership": YOU, "session": NUMBER, "welcomed_by": OTHERS},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="welcomed_back",
        title=_("Where you said welcome to somebody who came back"),
        model=ComeBackAsked,
        mine=lambda person: ComeBackAsked.objects.filter(welcomed_by__person=person),
        fields={"closed_at": _("When"), "plan": _("What you said of a new plan")},
        left_out={"membership": OTHERS, "words": OTHERS, "session": OTHERS, "welcomed_by": YOU},
    ),
]

NOT_OWN: dict[type, Any] = {}
