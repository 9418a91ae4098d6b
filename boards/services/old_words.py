"""What was its author's alone for 30 days goes: texts changed or taken back in their pause, never held (domain, 6)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

import clock
from audit import erasures
from audit.services import record
from boards import index
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.policies import KEPT_FOR_AUTHOR, is_in_its_pause
from boards.queries import lock_post
from boards.services.blanking import blank
from boards.services.erasing import may_go_now
from boards.way import move

OLD_WORDS = "erase old words"
A_LINE = 200


def register() -> None:
    """Say how it is done again after a restore; called once, as the site starts."""
    erasures.register(OLD_WORDS, replay_old_words)


def erase_due(*, most: int = A_LINE) -> int:
    """Erase what was its author's alone for 30 days: texts changed or taken back in their pause, never held.

    The record keeps only that it happened. Run by the sweep; running it twice changes nothing. Returns how many.
    """
    posts, versions = _due(clock.now() - KEPT_FOR_AUTHOR, most)
    if not posts and not versions:
        return 0
    _list_old_words(posts, versions)
    may_go_now()
    return sum(_erase_post(pk) for pk in posts) + _erase_versions(versions)


def _due(before: datetime, most: int) -> tuple[list[int], list[int]]:
    taken_back = Post.objects.filter(state=State.TAKEN_BACK, was_held=False, changed_at__lte=before)
    old = PostVersion.objects.filter(at__lte=before, was_held=False, erased_at=None, number__lt=F("post__version"))
    posts = list(taken_back.values_list("pk", flat=True)[:most])
    return posts, list(old.exclude(post__in=posts).values_list("pk", flat=True)[:most])


@transaction.atomic
def _list_old_words(posts: list[int], versions: list[int]) -> None:
    signs = {post.pk: erasures.mark(sign_of_post(post)) for post in Post.objects.filter(pk__in=posts)}
    rows = PostVersion.objects.filter(pk__in=versions).select_related("post").order_by("pk")
    facts = {
        "posts": [[pk, sign] for pk, sign in sorted(signs.items())],
        "versions": [[row.post_id, row.number, erasures.mark(sign_of_post(row.post))] for row in rows],
    }
    erasures.note(verb=OLD_WORDS, subject="posts", at=clock.now(), facts=facts)


def sign_of_post(post: Post) -> str:
    """What tells a post from another that was given the same number after a restore."""
    return f"{post.ref} {post.form_key}"


@transaction.atomic
def _erase_post(pk: int) -> int:
    post = lock_post(pk)
    now = clock.now()
    if post.state != State.TAKEN_BACK or post.was_held:
        return 0
    _erase_its_authors_alone(post, now)
    return 1


def _erase_its_authors_alone(post: Post, now: datetime) -> None:
    move(post, "erase", now, title="", text="", html="", cover="")
    # Earlier words of it may have been held: those stay in the verbatim log.
    blank(post.versions.filter(was_held=False), now)
    index.forget([post.pk])
    record(chain=post.community.chain, verb="erase", actor="site", subject=post.ref, at=now)


@transaction.atomic
def _erase_versions(versions: list[int]) -> int:
    return blank(PostVersion.objects.filter(pk__in=versions, was_held=False), clock.now())


def replay_old_words(line: erasures.Line) -> None:
    """Do again what a line of the erasure list tells of the 30 days, whatever the backup says of these posts."""
    for pk, sign in line.told["posts"]:
        if is_here(pk, sign):
            _erase_anew(pk)
    for pk, number, sign in line.told["versions"]:
        if is_here(pk, sign):
            blank(PostVersion.objects.filter(post=pk, number=number, was_held=False), clock.now())


def is_here(pk: int, sign: str) -> bool:
    """Whether the post that a line of the erasure list meant is here."""
    post = Post.objects.filter(pk=pk).first()
    return post is not None and erasures.fits(sign, sign_of_post(post))


@transaction.atomic
def _erase_anew(pk: int) -> None:
    post = lock_post(pk)
    now = clock.now()
    if post.state == State.ERASED:
        return
    if is_in_its_pause(post, now) or post.state == State.HELD:
        move(post, "take_back", now)
    _erase_its_authors_alone(post, now)
