"""What the boards hold of one member: every word of theirs, and what was said to them about it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from boards.models import (
    Change,
    Draft,
    Erasing,
    Explanation,
    HandedOn,
    HoldAll,
    Mute,
    Post,
    PostVersion,
    PostWords,
    Presence,
    Reading,
    ReadMark,
    StaffInvitation,
    StaffLook,
    StepAside,
    Thread,
    ThreadNote,
)
from communities.own_data import OF_COMMUNITY, OF_MEMBERSHIP
from people.own import MACHINERY, NUMBER, OTHERS, SECRET, TWICE, YOU, Part


def _reasons(version: Any) -> list[str]:
    return [str(finding["reason"]) for finding in version.findings]


def _muted(mute: Any) -> str:
    if mute.word:
        return str(_("a word"))
    return str(_("a thread") if mute.thread_id else _("a person"))


PARTS = [
    Part(
        key="posts",
        title=_("Your posts"),
        model=Post,
        mine=lambda person: Post.objects.filter(author__person=person).select_related("community"),
        fields={
            "id": _("Number"),
            "thread": _("Thread (number)"),
            "is_opening": _("Began the thread"),
            "state": _("State"),
            "written_at": _("Written"),
            "visible_at": _("On the board from"),
            "cover": _("Its cover"),
            "title": _("Title"),
            "text": _("Text"),
            "version": _("Version"),
            "pause_ends_at": _("End of its pause"),
            "changed_at": _("Changed"),
            "held_at": _("Held"),
            "hidden_at": _("Hidden"),
            "was_held": _("Was held"),
            "urgency": _("How soon a person should look (0 to 2)"),
        },
        left_out={
            "community": TWICE,
            "author": YOU,
            "html": TWICE,
            "form_key": MACHINERY,
            "page_key": MACHINERY,
            "tallied": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="post_versions",
        title=_("Your posts as you sent them, each time"),
        model=PostVersion,
        mine=lambda person: PostVersion.objects.filter(post__author__person=person),
        fields={
            "post": _("Post (number)"),
            "number": _("Version"),
            "at": _("Sent"),
            "cover": _("Its cover"),
            "title": _("Title"),
            "text": _("Text"),
            "was_held": _("Was held"),
            "erased_at": _("Erased"),
        },
        left_out={"id": NUMBER, "commitment": SECRET, "salt": SECRET, "findings": TWICE},
        also={"asked_for_a_look": (_("Why a person was asked to look"), _reasons)},
    ),
    Part(
        key="explanations",
        title=_("What was decided about your posts, as you were told"),
        model=Explanation,
        mine=lambda person: Explanation.objects.filter(post__author__person=person),
        fields={
            "post": _("Post (number)"),
            "verb": _("What"),
            "reason": _("Why"),
            "words": _("What they wrote to you"),
            "by_role": _("By"),
            "at": _("When"),
        },
        left_out={"id": NUMBER},
    ),
    Part(
        key="drafts",
        title=_("Your drafts"),
        model=Draft,
        mine=lambda person: Draft.objects.filter(membership__person=person).select_related("membership__community"),
        fields={
            "saved_at": _("Saved"),
            "thread": _("For the thread (number)"),
            "post": _("For the post (number)"),
            "version": _("Version"),
        },
        left_out={
            "id": NUMBER,
            "membership": YOU,
            "seen_version": MACHINERY,
            "form_key": MACHINERY,
            "page_key": MACHINERY,
            "attempt": MACHINERY,
            "sealed": TWICE,
        },
        also={
            **OF_MEMBERSHIP,
            "title": (_("Title"), lambda row: row.words.title),
            "cover": (_("Its cover"), lambda row: row.words.cover),
            "text": (_("Text"), lambda row: row.words.text),
        },
    ),
    Part(
        key="threads",
        title=_("Threads you began"),
        model=Thread,
        mine=lambda person: Thread.objects.filter(author__person=person).select_related("community"),
        fields={"id": _("Number"), "shown_from": _("On the board from")},
        left_out={
            "community": TWICE,
            "author": YOU,
            "latest_at": OTHERS,
            "shown_posts": OTHERS,
            "answered_at": OTHERS,
            "others_asked_at": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="holds_of_everything",
        title=_("When everything you wrote was looked at first"),
        model=HoldAll,
        mine=lambda person: HoldAll.objects.filter(membership__person=person).select_related("membership__community"),
        fields={
            "starts_at": _("From"),
            "until": _("Until"),
            "why": _("Why"),
            "decided_by": _("By"),
            "made_at": _("Decided"),
            "stopped_at": _("Ended before its time"),
        },
        left_out={"id": NUMBER, "community": TWICE, "membership": YOU, "by": NUMBER},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="left_to_others",
        title=_("What you left to the others to decide"),
        model=StepAside,
        mine=lambda person: StepAside.objects.filter(membership__person=person),
        fields={"case": _("What (as the record names it)"), "at": _("When")},
        left_out={"id": NUMBER, "membership": YOU},
    ),
    Part(
        key="handed_on",
        title=_("What you handed to the others to look at"),
        model=HandedOn,
        mine=lambda person: HandedOn.objects.filter(membership__person=person),
        fields={"case": _("What (as the record names it)"), "at": _("When")},
        left_out={"id": NUMBER, "membership": YOU},
    ),
    Part(
        key="read_to",
        title=_("Up to when everything counts as read"),
        model=Reading,
        mine=lambda person: Reading.objects.filter(membership__person=person),
        fields={"everything_to": _("Read up to")},
        left_out={"membership": YOU},
    ),
    Part(
        key="read_marks",
        title=_("How far you have read"),
        model=ReadMark,
        mine=lambda person: ReadMark.objects.filter(membership__person=person),
        fields={"thread": _("Thread (number)"), "at": _("Read up to")},
        left_out={"id": NUMBER, "membership": YOU, "post_pk": NUMBER},
    ),
    Part(
        key="mutes",
        title=_("What you have muted"),
        model=Mute,
        mine=lambda person: Mute.objects.filter(membership__person=person),
        fields={"word": _("The word"), "thread": _("The thread (number)"), "since": _("Since")},
        left_out={"id": NUMBER, "membership": YOU, "person": OTHERS},
        also={"what": (_("What"), _muted)},
    ),
    Part(
        key="presence",
        title=_("Where you have a page open, on duty"),
        model=Presence,
        mine=lambda person: Presence.objects.filter(membership__person=person),
        fields={"seen_at": _("Last seen")},
        left_out={"id": NUMBER, "membership": YOU},
    ),
    Part(
        key="erasings",
        title=_("What you asked to erase"),
        model=Erasing,
        mine=lambda person: Erasing.objects.filter(membership__person=person).select_related("membership__community"),
        fields={"asked_at": _("Asked"), "done_at": _("Done")},
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="asked_in",
        title=_("When a community asked you in, as staff"),
        model=StaffInvitation,
        mine=lambda person: StaffInvitation.objects.filter(staff__person=person).select_related("community"),
        fields={
            "thread": _("Thread (number)"),
            "opened_at": _("From"),
            "until": _("To"),
            "ended_at": _("Ended before that"),
        },
        left_out={"id": NUMBER, "community": TWICE, "by": OTHERS, "ended_by": OTHERS},
        also=OF_COMMUNITY,
    ),
    Part(
        key="looks_as_staff",
        title=_("Your looks at a board that asked you in"),
        model=StaffLook,
        mine=lambda person: StaffLook.objects.filter(staff__person=person),
        fields={"thread": _("Thread (number)"), "at": _("When")},
        left_out={"id": NUMBER, "invitation": NUMBER, "staff": YOU},
    ),
]

NOT_OWN = {
    ThreadNote: _("What a meeting of the community said about a thread: it is everybody's."),
    Change: _("That a post changed, for pages that are open: its state is with your post."),
    PostWords: _("The words of your posts again, as the search looks them up."),
}
