"""Writing, changing, taking back: what an author does with a post before others read it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.commitments import commit
from audit.services import record
from boards import index, screening
from boards.answers import tell_of_answer
from boards.holds import Finding, findings_for, urgency_of
from boards.lifecycle import State
from boards.markdown import render
from boards.models import DraftWords, Post, PostVersion, Thread, committed_words
from boards.models.drafts import LONGEST_COVER
from boards.mourning import may_write_in
from boards.notifications import hold_key, tell_on_duty
from boards.pause import pause_length
from boards.policies import is_author, may_change, may_take_back, may_write
from boards.queries import access_thread, lock_post
from boards.services.drafts import OnPage, drop_sent
from boards.way import move
from communities.duty import watch
from communities.models import Membership
from communities.queries import is_open_for_writing, lock_membership, rules_of
from notices.services import withdraw
from people.decisions import Conflict, require

LONGEST_TITLE = 120


@transaction.atomic
def write_post(
    *,
    by: Membership,
    text: str,
    form_key: UUID,
    thread: Thread | None = None,
    title: str = "",
    cover: str = "",
    page: OnPage | None = None,
) -> Post:
    """Write a post: a reply in `thread`, or the opening of a new one with `title`. Active members of an open board.

    With a `cover` its words lie under it until somebody taps. What was saved of it as a draft, from its `page`, goes.
    The same form with the same words is one post, however often it is sent (safety checks 5.5): the first is returned.
    It is screened at once and rests for its pause in any case; held, it waits for a person instead of appearing.
    Raises `Refused`, Http404 for a thread that is not theirs, ValidationError for words that are missing or too long.
    """
    _check_words(title=title, text=text, cover=cover, opening=thread is None)
    member = lock_membership(by)
    now = clock.now()
    require(may_write(member, board_is_open=is_open_for_writing(member.community, now)))
    if page is not None:
        drop_sent(member, page)
    key = uuid5(form_key, f"{thread.pk if thread else ''}\n{committed_words(title, text, cover)}")
    if (sent_before := Post.objects.filter(author=member, form_key=key).first()) is not None:
        return sent_before
    if thread is not None:
        thread = access_thread(member, thread.pk, now)
    rules = rules_of(member.community)
    if thread is not None:
        require(may_write_in(thread, rules))
    findings = findings_for(author=member, thread=thread, title=title, cover=cover, text=text, rules=rules, now=now)
    pause_ends_at = now + pause_length(rules, now)
    post = Post.objects.create(
        community=member.community,
        thread=thread or _new_thread(member, None if findings else pause_ends_at),
        author=member,
        is_opening=thread is None,
        title=title,
        text=text,
        cover=cover,
        html=render(text),
        written_at=now,
        changed_at=now,
        pause_ends_at=pause_ends_at,
        form_key=key,
        page_key=page.page_key if page else None,
        **_screened(findings, pause_ends_at, now),
    )
    if post.state == State.ACCEPTED:
        index.put([post])
    _tell_if_held(post, now)
    tell_of_answer(post, now, is_new=True)
    # The record last: the whole community's next entry waits from here to the commit.
    _keep_version(post, findings, now, verb="write")
    return post


def _new_thread(author: Membership, shown_from: datetime | None) -> Thread:
    return Thread.objects.create(community=author.community, author=author, shown_from=shown_from, latest_at=shown_from)


def _screened(findings: list[Finding], pause_ends_at: datetime, now: datetime) -> dict[str, Any]:
    if findings:
        return {"state": State.HELD, "held_at": now, "was_held": True, "urgency": urgency_of(findings)}
    return {"state": State.ACCEPTED, "visible_at": pause_ends_at}


@transaction.atomic
def change_post(
    *,
    post: Post,
    by: Membership,
    seen_version: int,
    text: str,
    title: str = "",
    cover: str = "",
    page: OnPage | None = None,
) -> Post:
    """Change one's own post in its pause or while held: screened again, the pause anew. A change never lifts a hold.

    Raises `Conflict` when it was changed elsewhere or can't be changed any more, `Refused`, ValidationError.
    """
    return _send_anew(post, by, seen_version, DraftWords(title, text, cover), page, returned=False)


@transaction.atomic
def send_again(
    *,
    post: Post,
    by: Membership,
    seen_version: int,
    text: str,
    title: str = "",
    cover: str = "",
    page: OnPage | None = None,
) -> Post:
    """Send a returned post again, changed or not: it is screened like a new one. Its author only."""
    return _send_anew(post, by, seen_version, DraftWords(title, text, cover), page, returned=True)


def _send_anew(
    post: Post, by: Membership, seen_version: int, words: DraftWords, page: OnPage | None, *, returned: bool
) -> Post:
    title, text, cover = words.title, words.text, words.cover
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    require(is_author(member, row))
    _check_words(title=title, text=text, cover=cover, opening=row.is_opening)
    if page is not None:
        drop_sent(member, page)
    if (row.version, row.title, row.text, row.cover) == (seen_version + 1, title, text, cover):
        return row  # the same form, sent twice
    require(may_change(member, row, now))
    if row.version != seen_version or (row.state == State.RETURNED) != returned:
        newer = {"text": row.text, "version": str(row.version)} | ({"cover": row.cover} if row.cover else {})
        raise Conflict(_("This post was changed somewhere else meanwhile. Here are both."), facts=newer)
    rules = rules_of(member.community)
    require(may_write(member, board_is_open=is_open_for_writing(member.community, now)))
    thread = None if row.is_opening else row.thread
    findings = findings_for(
        author=member, thread=thread, title=title, cover=cover, text=text, rules=rules, now=now, changing=row
    )
    verb = _verb_of_change(row.state, bool(findings))
    move(
        row,
        verb,
        now,
        title=title,
        text=text,
        cover=cover,
        page_key=page.page_key if page else None,
        html=render(text),
        version=row.version + 1,
        pause_ends_at=now + pause_length(rules, now),
        urgency=max(row.urgency if row.state == State.HELD else 0, urgency_of(findings)),
        # New words that are not held themselves were nobody's to read, whatever became of the old ones.
        was_held=row.state == State.HELD or bool(findings),
    )
    _tell_if_held(row, now)
    _keep_version(row, findings, now, verb=verb)
    return row


def _verb_of_change(state: str, holds: bool) -> str:
    if state == State.HELD:
        return "change_held"
    verb = "send_again" if state == State.RETURNED else "change"
    return f"{verb}_into_hold" if holds else verb


@transaction.atomic
def take_back(*, post: Post, by: Membership) -> Post:
    """Take one's own waiting post back. Held before, it stays readable to the Top Three for 72 hours.

    Active members, their own. Twice is once. Raises `Refused`, also once others can read it.
    """
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    if row.author_id == member.pk and row.state == State.TAKEN_BACK:
        return row
    require(may_take_back(member, row, now))
    key = hold_key(row)
    move(row, "take_back", now)
    withdraw(key_prefix=key, now=now)
    record(chain=member.community.chain, verb="take back", actor=member.ref, subject=row.ref, at=now)
    return row


def _check_words(*, title: str, text: str, cover: str, opening: bool) -> None:
    wrong = {}
    if opening and not title.strip():
        wrong["title"] = _("Please give it a few words as a title.")
    if len(title) > LONGEST_TITLE:
        wrong["title"] = _("Please make the title shorter: 120 letters at most.")
    if not text.strip():
        wrong["text"] = _("There is nothing written yet.")
    if len(cover) > LONGEST_COVER or "\n" in cover:
        wrong["cover"] = _("Please say in fewer words what it is about: 60 letters at most.")
    if len(committed_words(title, text, cover)) > screening.LONGEST:
        wrong["text"] = _("This is longer than one post can be (10,000 letters). Could you send it as two?")
    if wrong:
        raise ValidationError(wrong)


def _keep_version(post: Post, findings: list[Finding], now: datetime, *, verb: str) -> None:
    commitment, salt = commit(committed_words(post.title, post.text, post.cover))
    held = post.state == State.HELD
    PostVersion.objects.create(
        post=post,
        number=post.version,
        at=now,
        title=post.title,
        text=post.text,
        cover=post.cover,
        commitment=commitment,
        salt=salt,
        findings=findings,
        was_held=held,
    )
    facts = {"version": post.version, "text": commitment, "state": post.state, "rules": [f["rule"] for f in findings]}
    record(
        chain=post.community.chain,
        verb=verb.replace("_", " "),
        actor=f"membership:{post.author_id}",
        subject=post.ref,
        at=now,
        facts=facts,
    )


def _tell_if_held(post: Post, now: datetime) -> None:
    if post.state == State.HELD:
        # Whoever began the thread leaves it to the others.
        looking = watch(post.community, now, but_not=post.author, nor=(post.thread.author_id,))
        tell_on_duty(post, looking.on_duty, now)
