"""A motion in plain words: what is asked, what will happen if it is carried, and how it is counted."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import rules
from communities.lifecycle import SuspendedFrom
from communities.models import Membership
from elections.lifecycle import Majority
from elections.models import Motion, MotionWords
from elections.motions.lifecycle import MotionKind, Part
from elections.motions.rules import MAJORITY_WORDS


def question(motion: Motion, title: str = "") -> str:
    """What is asked, in one line. `title`: what its proposer called it, where that may be read. No query."""
    name = motion.about.display_name if motion.about else ""
    if motion.kind == MotionKind.RULE:
        kind = rules.KINDS.get(motion.rule)
        return _("Shall we change the rule “%(rule)s”?") % {"rule": kind.title if kind else motion.rule}
    if motion.kind == MotionKind.HOLD_ALL:
        if name:
            return _("Shall somebody look first at each post by %(name)s, for a time?") % {"name": name}
        return _("Shall somebody look first at each new post, for a time?")
    if motion.kind == MotionKind.FREE and title:
        return title
    return str(_questions()[MotionKind(motion.kind)]) % {"name": name}


def _questions() -> dict[MotionKind, str]:
    return {
        MotionKind.ADMISSION: _("Shall %(name)s become a member?"),
        MotionKind.SUSPENSION: _("Shall %(name)s be suspended for a time?"),
        MotionKind.RETURN: _("Shall %(name)s come back now?"),
        MotionKind.STAFF_INVITATION: _("Shall we ask staff in for a time?"),
        MotionKind.RECALL: _("Shall %(name)s give up their office now?"),
        MotionKind.SPECIAL_MEETING: _("Shall we call a special meeting?"),
        MotionKind.FREE: _("Something that one of us proposes"),
    }


def question_of(motion: Motion, words: Iterable[MotionWords]) -> str:
    """What is asked, with its proposer's own title where others may read it."""
    why = next((row for row in words if row.part == Part.WHY and row.state == "shown"), None)
    return question(motion, why.title if why else "")


def effects(motion: Motion, staff: list[Membership], thread: str = "") -> list[str]:
    """What happens if it is carried, in sentences. `staff`: who would be asked in; `thread`: the title of the one."""
    said = {
        MotionKind.RULE: _of_rule,
        MotionKind.SUSPENSION: _of_suspension,
        MotionKind.HOLD_ALL: _of_hold_all,
    }.get(MotionKind(motion.kind))
    if said:
        return said(motion)
    if motion.kind == MotionKind.STAFF_INVITATION:
        return _of_staff_invitation(motion, staff, thread)
    return _plain()[MotionKind(motion.kind)]


def _plain() -> dict[MotionKind, list[str]]:
    return {
        MotionKind.ADMISSION: [_("They become a member as soon as the vote closes, and are told.")],
        MotionKind.RETURN: [_("Their suspension ends as soon as the vote closes, and they are told.")],
        MotionKind.RECALL: [
            _("Their office ends as soon as the vote closes. They stay a member like everybody else."),
            _("An election for the empty seat begins by itself."),
        ],
        MotionKind.SPECIAL_MEETING: [
            _("A special meeting is called as soon as the vote closes, and members are told.")
        ],
        MotionKind.FREE: [_("The site does nothing by itself. It stands on record that the members agreed on it.")],
    }


def _of_rule(motion: Motion) -> list[str]:
    kind = rules.KINDS.get(motion.rule)
    if kind is None:
        return []
    return [
        _("The rule as it was when this was proposed: %(was)s") % {"was": kind.says(motion.asks["old"])},
        _("The rule as it would be: %(becomes)s") % {"becomes": kind.says(motion.asks["new"])},
        _("It holds from the moment the vote closes. The page “How we run this place” keeps both, and the reason."),
    ]


def _of_suspension(motion: Motion) -> list[str]:
    weeks = motion.asks["weeks"]
    place = SuspendedFrom(motion.asks["from"])
    from_what = {
        SuspendedFrom.BOARD: _("They cannot read or write on the board, and hold no office. The rest stays open."),
        SuspendedFrom.EVERYTHING: _("They keep their own plan, contacts and letters. Everything else here is closed."),
    }[place]
    how_long = ngettext(
        "It lasts %(n)s week at most from the close of the vote. It can end sooner.",
        "It lasts %(n)s weeks at most from the close of the vote. It can end sooner.",
        weeks,
    )
    return [
        from_what,
        how_long % {"n": weeks},
        _("They get a letter that says what, why and until when, and how to come back or object."),
    ]


def _of_hold_all(motion: Motion) -> list[str]:
    days = motion.asks["days"]
    said = ngettext(
        "For %(n)s day, one of the Top Three looks at each new post before others can read it.",
        "For %(n)s days, one of the Top Three looks at each new post before others can read it.",
        days,
    )
    return [
        said % {"n": days},
        _("It holds for posts by this one member.") if motion.about_id else _("It holds for everybody's posts."),
        _("It ends by itself."),
    ]


def _of_staff_invitation(motion: Motion, staff: list[Membership], thread: str) -> list[str]:
    names = ", ".join(member.display_name for member in staff)
    what = _("They may read the thread “%(title)s”, and nothing else.") % {"title": thread}
    days = motion.asks["days"]
    until = _("It ends by itself with the next community meeting.")
    if days is not None:
        until = ngettext("It ends by itself after %(n)s day.", "It ends by itself after %(n)s days.", days) % {
            "n": days
        }
    return [
        _("These of staff are asked in: %(names)s.") % {"names": names},
        what
        if motion.asks["thread"]
        else _("They may read the board. They cannot write, and see nothing that is held."),
        until,
        _("All members see it while it lasts, and who of staff looked when."),
    ]


def facts(motion: Motion, how: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """What stands beside it in pairs: who proposed it and when, the selection day, how it is counted."""
    rows: list[tuple[str, Any]] = [
        (_("Proposed by"), motion.proposed_by.display_name),
        (_("On"), date_format(motion.proposed_at, "l j F")),
    ]
    if motion.selection_day:
        rows.append((_("Selection day"), date_format(motion.selection_day.day, "l j F")))
    return rows + how


def counted(motion: Motion) -> list[tuple[str, Any]]:
    """How the vote is counted, as it was settled at its opening; nothing before that. No query."""
    poll = motion.poll
    if poll is None:
        return []
    quorum = _("%(n)s of every 100 must vote.") % {"n": poll.quorum} if poll.quorum else ""
    return [
        (_("Who votes"), _("%(n)s people. It was settled when the vote opened.") % {"n": poll.electorate}),
        (_("How"), _("Secret") if poll.secret else _("Open: afterwards everybody sees who chose what")),
        (_("It counts when"), " ".join(filter(None, (quorum, str(MAJORITY_WORDS[Majority(poll.majority)]))))),
    ]
