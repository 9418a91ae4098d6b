"""What a plan has parts for, in their order: from what I do alone to help from others. Every part may stay empty.

The headings, hints and examples are this project's own. A community may reword, reorder or leave out parts of the
plans written under its headings (`crisisplans.headings`); the keys stay.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crisisplans.lifecycle import PlanKind

TEXT = ("text",)
SUPPORT_CALLS = ("may_ring", "number", "when", "say")
# The key under which the three steps at the top are opened to others, drafted and compared, beside the parts' own.
FIRST_STEPS = "first_steps"
MOST_FIRST_STEPS = 3
LONGEST_STEP = 100
LONGEST_TEXT = 6000
LONGEST_LINE = 200


@dataclass(frozen=True)
class PartKind:
    """One part of a plan. `fields`: the names of what can be written in it; most have one, "text"."""

    key: str
    title: Any
    hint: Any
    examples: tuple[Any, ...] = ()
    fields: tuple[str, ...] = TEXT


CRISIS = (
    PartKind(
        "well",
        _("Me on a good day"),
        _("What I am like when I am all right. Then I and others notice sooner when that changes."),
        (_("I make breakfast and put the radio on."), _("I answer messages the same day."), _("I moan about the bus.")),
    ),
    PartKind(
        "warning_signs",
        _("What can set it off, and the first signs"),
        _("Things that have knocked me over before, and what I or others see first."),
        (
            _("Letters about money. The week before my mum's birthday."),
            _("I stop washing up. I keep the curtains shut."),
            _("I go quiet on the board, or write six times in a night."),
        ),
    ),
    PartKind(
        "on_my_own",
        _("What I can do by myself"),
        _("Small things that have helped before, even a little. The easiest first."),
        (
            _("Kettle on, feet on the floor, name five blue things."),
            _("Walk to the post box and back."),
            _("Wrap up in the heavy blanket and play the long song."),
        ),
    ),
    PartKind(
        "distraction",
        _("What takes my mind off it"),
        _("Places to go and people to be with. They need not know how I am."),
        (
            _("The library until six. The bench by the canal."),
            _("Sit with Jo and watch the quiz. We don't talk about it."),
        ),
    ),
    PartKind(
        "people",
        _("People I can ask, and what I'd like them to do"),
        _("One person on each line, with a number to ring. Say what helps, so that they need not guess."),
        (
            _("Jo, 020 7946 0000: come round, put the telly on, don't ask questions."),
            _("My sister, by text: send me a picture of the dog."),
        ),
    ),
    PartKind(
        "group",
        _("How the group can help, and what does not help"),
        _("What I would like people here to do, and what makes it worse."),
        (
            _("Ask me what I have eaten. Tell me about your day."),
            _("Please don't say it will all be fine. Don't all write at once."),
        ),
    ),
    PartKind(
        "support_calls",
        _("If somebody from here rings me"),
        _("Nobody rings you because of this page. It is for the day when you ask for a call."),
        fields=SUPPORT_CALLS,
    ),
    PartKind(
        "services",
        _("Doctors, teams and help lines"),
        _("Who to turn to by day, and who at night and at weekends. With their numbers."),
        (
            _("Surgery: 020 7946 0111, from 8 in the morning. Ask for Dr Lee."),
            _("Crisis team, at night: 020 7946 0222. Say that I have a care coordinator."),
        ),
    ),
    PartKind(
        "safe",
        _("Making things safer around me"),
        _("What I can put away, hand to somebody or stay out of, while it is bad."),
        (_("Jo keeps my tablets and gives me two days' worth."), _("I stay out of the kitchen and sleep on the sofa.")),
    ),
    PartKind(
        "reasons",
        _("What I keep going for"),
        _("Large or small. On a bad day it is hard to think of them, so they stand here."),
        (_("The dog needs his walk."), _("I want to see the spring here."), _("Heron's cake on Thursdays.")),
    ),
    PartKind(
        "hospital",
        _("If I go to A&E or into hospital"),
        _("What I want people there to know: my wishes, who looks after children and pets, my medicines."),
        (
            _("Please explain before you touch me. A side room, if there is one."),
            _("Cat: the neighbour at 12 has a key. Tell Jo, not my father."),
            _("Sertraline 50 in the morning. Penicillin gives me a rash."),
        ),
    ),
    PartKind(
        "responsible",
        _("What stays mine to decide"),
        _("One sentence is part of every plan, and stands beside “Save”. You can add words of your own."),
        (_("If I say I am going for a walk, I will say when I am back."),),
    ),
    PartKind(
        "afterwards",
        _("Afterwards: what to change"),
        _("When it is over. What helped, what did not, what I would like to be different next time."),
        (_("I rang too late. Next time at the first sign."), _("The walk helped. The phone line was engaged.")),
    ),
)

DEVELOPMENT = (
    PartKind(
        "hopes",
        _("What I would like in my life"),
        _("Large or small, near or far off. Nobody marks it."),
        (
            _("A flat with a window that faces south."),
            _("To bake for the group once."),
            _("To read a whole book again."),
        ),
    ),
    PartKind(
        "steps",
        _("Small steps on the way"),
        _("What I can do next, and by when, if a day helps. Who could come along?"),
        (_("Ask at the library about the course, by Friday."), _("Swim once with Fern, before the holidays.")),
    ),
    PartKind(
        "went_well",
        _("What went well"),
        _("Write it down before it is forgotten. Little things count."),
        (_("I rang the housing office and stayed on the line."), _("Three Thursdays in a row.")),
    ),
    PartKind(
        "next",
        _("What I have learnt, and what comes next"),
        _("What to keep, what to leave, what to try another way."),
        (_("Mornings are better for phone calls."), _("One thing at a time. The course first, then the flat.")),
    ),
)

_BY_KIND: dict[str, dict[str, PartKind]] = {
    PlanKind.CRISIS: {part.key: part for part in CRISIS},
    PlanKind.DEVELOPMENT: {part.key: part for part in DEVELOPMENT},
}


def parts_of(kind: str) -> dict[str, PartKind]:
    """The parts that a plan of this kind has, by their keys, in their order."""
    return _BY_KIND[kind]


def keys_of(kind: str) -> tuple[str, ...]:
    """All that can be opened, drafted or compared by itself: the parts, and the first steps of a crisis plan."""
    first = (FIRST_STEPS,) if kind == PlanKind.CRISIS else ()
    return (*first, *_BY_KIND[kind])
