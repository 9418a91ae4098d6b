"""Keeping what somebody is writing before they send it, and letting it go (ADR 0015). Not screened, not recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import clock
from boards import screening
from boards.models import Draft, DraftWords, Post, Thread, committed_words
from boards.policies import KEPT_FOR_AUTHOR, is_author, may_keep_drafts
from boards.queries import access_thread, was_sent_from
from communities.models import Membership
from communities.queries import lock_membership
from people.decisions import Refused, require

# More than anybody writes at once; so that nobody fills the site with what no one will ever read.
MOST_DRAFTS = 50


@dataclass(frozen=True)
class OnPage:
    """A form as one page has it. `form_key` is the form's; `page_key` tells two pages with the same form apart.

    `version` is the draft's as this page last knew it (0: none), `attempt` counts what a script saved from this page.
    """

    form_key: UUID
    page_key: UUID | None = None
    version: int = 0
    attempt: int | None = None

    @property
    def key_apart(self) -> UUID:
        """The key of what this page goes on writing once another page has changed the same draft."""
        return uuid5(self.form_key, str(self.page_key))


@dataclass(frozen=True)
class Saved:
    """What became of a saving: the draft as it is now. `sent`: the form has been sent, so nothing is kept of it."""

    pk: int | None
    form_key: UUID
    version: int
    sent: bool = False
    apart: bool = False


@transaction.atomic
def save_draft(
    *,
    by: Membership,
    page: OnPage,
    words: DraftWords,
    thread: Thread | None = None,
    post: Post | None = None,
    seen_version: int | None = None,
) -> Saved:
    """Keep what an active member is writing: a new thread, a reply in `thread`, or the change of their own `post`.

    A page that did not see the draft's newest version does not write over it: its words are kept beside it, `apart`.
    Nothing is kept of a form that was sent, however late its page saves. Raises `Refused`, Http404 for a thread that
    is not theirs. The member's lock makes sending and saving one after the other.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_keep_drafts(member))
    _check_place(member, thread, post, words, now)
    if page.page_key and was_sent_from(member, page.page_key):
        return Saved(None, page.form_key, 0, sent=True)
    draft = _draft_of(member, page, words)
    apart = draft.form_key != page.form_key
    if _was_overtaken(draft, page):
        return Saved(draft.pk, draft.form_key, draft.version, apart=apart)
    if words.are_none:
        Draft.objects.filter(pk=draft.pk).delete()
        return Saved(None, page.form_key, 0)
    draft.thread, draft.post, draft.seen_version = thread, post, seen_version
    draft.attempt = page.attempt if page.attempt is not None else draft.attempt
    draft.page_key, draft.words, draft.saved_at = page.page_key, words, now
    draft.version += 1
    draft.save()
    return Saved(draft.pk, draft.form_key, draft.version, apart=apart)


def _check_place(
    member: Membership, thread: Thread | None, post: Post | None, words: DraftWords, now: datetime
) -> None:
    if thread is not None:
        access_thread(member, thread.pk, now)
    if post is not None:
        require(is_author(member, post))
    if len(committed_words(words.title, words.text, words.cover)) > screening.LONGEST:
        raise Refused(_("This is longer than one post can be (10,000 letters). Could you keep it as two?"))


def _draft_of(member: Membership, page: OnPage, words: DraftWords) -> Draft:
    """The draft that these words go into: the form's own, or one beside it; not stored yet if there is none."""
    mine = Draft.objects.filter(membership=member, form_key__in=(page.form_key, page.key_apart))
    found = {draft.form_key: draft for draft in mine}
    if (apart := found.get(page.key_apart)) is not None:
        return apart
    draft = found.get(page.form_key)
    if draft is None:
        return _new(member, page.form_key)
    known = page.version == draft.version or (page.page_key is not None and page.page_key == draft.page_key)
    if known or words.go_on_from(draft.words):
        return draft
    return _new(member, page.key_apart)


def _was_overtaken(draft: Draft, page: OnPage) -> bool:
    """Whether newer words of this very page have arrived already. Without a key nobody knows which page it is."""
    if page.page_key is None or page.attempt is None:
        return False
    return draft.page_key == page.page_key and page.attempt <= draft.attempt


def _new(member: Membership, form_key: UUID) -> Draft:
    if Draft.objects.filter(membership=member).count() >= MOST_DRAFTS:
        raise Refused(_("You have a great many drafts. Please let some go first, or send this one."))
    return Draft(membership=member, form_key=form_key, version=0)


def drop_sent(member: Membership, page: OnPage) -> None:
    """Let the draft of a form go as its post is written, in that transaction, with the member locked. One query.

    What another page has meanwhile made of the same draft stays.
    """
    this = Q(form_key=page.form_key) & (Q(page_key=page.page_key) | Q(version=page.version))
    Draft.objects.filter(this | Q(form_key=page.key_apart), membership=member).delete()


def let_go_draft(*, draft: Draft, by: Membership) -> None:
    """Erase one's own draft at once, in any standing. Twice is once."""
    Draft.objects.filter(pk=draft.pk, membership=by).delete()


def erase_old_drafts() -> int:
    """Erase drafts that nobody has saved for 30 days. Run by the sweep; returns how many."""
    return Draft.objects.filter(saved_at__lte=clock.now() - KEPT_FOR_AUTHOR).delete()[0]
