"""Who can see what is written in moderation, for the boxes it is written into. A report's own lines are made for it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.views.words import joined
from communities.models import Membership
from communities.seeing import Seen, register, register_box
from moderation.lifecycle import Readers

Row = tuple[str, str]


def register_all() -> None:
    """Add moderation's things and boxes; called once, as the site starts."""
    register(
        "report",
        Seen(
            gettext_lazy("A report"),
            who=gettext_lazy(
                "The one who made it, and the Top Three or caretakers. If it is about one of them, it goes to the "
                "others: never to the one it is about."
            ),
        ),
    )
    register(
        "decision words",
        Seen(
            gettext_lazy("Your words to its author"),
            who=gettext_lazy(
                "The one who wrote the post, without your name. "
                "And the Top Three or caretakers while they are in office."
            ),
            for_the_page=False,
        ),
    )
    register(
        "answer words",
        Seen(
            gettext_lazy("Your words to whoever reported it"),
            who=gettext_lazy(
                "Everybody who reported this, and those whom the report goes to. They do not see your name."
            ),
            for_the_page=False,
        ),
    )
    register(
        "objection",
        Seen(
            gettext_lazy("An objection to a decision"),
            who=gettext_lazy(
                "The one who made it, and those of the Top Three, caretakers or alternates who may hear it: never "
                "those who took the decision. If it goes to the community meeting, the agenda says that there is one."
            ),
        ),
    )
    register(
        "objection words",
        Seen(
            gettext_lazy("What you write here"),
            who=gettext_lazy(
                "You, and those who may hear it, with your name: not those who decided. Staff do not see it. At the "
                "community meeting you say yourself what you want to say."
            ),
            for_the_page=False,
        ),
    )
    register(
        "hearing words",
        Seen(
            gettext_lazy("Your words to the one who objects"),
            who=gettext_lazy("The one who objects, without your name. And those who may hear it."),
            for_the_page=False,
        ),
    )
    register_box("objection", "objection words")
    register_box("hearing", "hearing words")
    register(
        "debrief",
        Seen(
            gettext_lazy("A note on how it was to look after the board"),
            who=gettext_lazy(
                "The Top Three or caretakers while they are in office. Staff and members read on the agenda only that "
                "there is something to talk about."
            ),
            for_the_page=False,
        ),
    )
    register_box("debrief", "debrief")
    register_box("decision", "decision words")
    register_box("answer", "answer words")


def of_report(readers: str, people: list[Membership], about: Membership, *, supervises: bool) -> list[Row]:
    """Who can see a report before it is sent: who reads it by name, what the one it is about learns, what staff do.

    `people`: those who read it now. Said by the same function that the door asks (`moderation.readers`).
    """
    name, who = about.display_name, joined([member.display_name for member in people])
    rows = [(_("What you write here, and that it was you"), _readers_in_words(readers, who))]
    rows.append(
        (
            name,
            _("No page here tells them that you reported this."),
        )
    )
    if readers != Readers.STAFF:
        rows.append((_("Staff"), _staff_in_words(name, supervises)))
    rows.append(
        (_("The record"), _("It keeps that there was a report, and when. Not a word of it, and not about whom."))
    )
    return rows


def _readers_in_words(readers: str, who: str) -> str:
    if readers == Readers.DECIDERS:
        return _("Those who look after the board, now: %(who)s. Nobody else.") % {"who": who}
    if readers == Readers.ALTERNATES:
        return _("Nobody else of the Top Three is left, so the alternates read it: %(who)s. Nobody else.") % {
            "who": who
        }
    if not who:
        return _(
            "Nobody is left here who could read it, until somebody new is in office. Please tell somebody you trust."
        )
    return _("Nobody else in office is left, so staff read it: %(who)s. They do not see the post.") % {"who": who}


def _staff_in_words(name: str, supervises: bool) -> str:
    if not supervises:
        return _("They do not see it. If nobody looks in time, they are told that a report waits, and no more.")
    said = _(
        "They do not see your words. If nobody looks in time, they are told that there is a report about %(name)s, "
        "and what kind of worry you chose."
    )
    return said % {"name": name}
