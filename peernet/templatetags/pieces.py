"""The components that a long page repeats most, as functions: a template of the same takes ten times as long.

Each is a tag with the variables of its component, and the component of that name calls it: there is one of each.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from boards.queries import ThreadShown
from boards.two_people import asks_others_in
from clock.words import said as _
from clock.words import timestamp

register = template.Library()

# What follows a post's words, by its state; on the board nothing does.
SLIPS = {"on_board": "", "pause": "components/post_pause.html", "held": "components/post_held.html"}
LOOKS = {"on_board": "", "pause": " post--waiting", "held": " post--waiting"}
Action = Mapping[str, str]


@register.simple_tag
def person_tag(name: str, role: str = "", away: bool = False, you: bool = False) -> SafeString:
    """Somebody's name, with a quiet word on what they do here; see components/person_tag.html."""
    more = f'<span class="who__role">{safe(_("you"))}</span>' if you else ""
    if role:
        more += f'<span class="who__role">{safe(role)}</span>'
    if away:
        more += f'<span class="who__away">{safe(_("away"))}</span>'
    return SafeString(f'<span class="who"><span class="who__name">{safe(name)}</span>{more}</span>')


@register.simple_tag
def thread_row(
    *,
    href: str,
    title: str,
    author: str,
    at: datetime | None = None,
    replies: int | None = None,
    unanswered: bool = False,
    excerpt: str = "",
    new: object = "",
    role: str = "",
    away: bool = False,
    asks_others: bool = False,
    today: date | None = None,
) -> SafeString:
    """One thread in a list; see components/thread_row.html."""
    text = f'<p class="row__text">{safe(excerpt)}</p>\n' if excerpt else ""
    meta: str = person_tag(author, role, away)
    if at:
        meta += f"<span>{timestamp(at, today or None)}</span>"
    if unanswered or replies == 0:
        meta += f'<span class="tag tag--lamp">{safe(_("Nobody has answered yet"))}</span>'
    elif replies:
        meta += f"<span>{safe(ngettext('%(n)s answer', '%(n)s answers', replies) % {'n': replies})}</span>"
    if asks_others:
        meta += f'<span class="tag">{safe(_("Others are welcome here"))}</span>'
    if new:
        meta += f'<span class="tag">{safe(_("%(new)s new") % {"new": new})}</span>'
    link = f'<a href="{safe(href)}">{safe(title)}</a>'
    return SafeString(f'<li class="row"><p class="row__title">{link}</p>\n{text}<p class="row__meta">{meta}</p></li>')


@register.simple_tag
def board_row(row: ThreadShown, slug: str, today: datetime | None = None) -> SafeString:
    """A thread in a list of the board as its reader meets it (boards.views.reading.listed); see boards/row.html."""
    return thread_row(
        href=_thread_at(slug, row.thread.pk),
        title=row.folded or row.title or _("A post that was put aside"),
        author=row.author or _("Somebody you muted"),
        away=row.away,
        at=row.latest_at,
        replies=row.replies,
        new=row.new,
        asks_others=bool(today and asks_others_in(row.thread, today)),
        today=today,
    )


# Everybody in a community reads the same few pages of its list.
@lru_cache(maxsize=4096)
def _thread_at(slug: str, thread: int) -> str:
    return reverse("boards:thread", args=[slug, thread])


@register.simple_tag
def prose(html: str, cover: str = "") -> SafeString:
    """Somebody's words, under their cover if they have one; see components/prose.html."""
    words = f'<div class="prose">{safe(html)}</div>'
    if not cover:
        return SafeString(words)
    about = safe(_("Covered by its author: %(cover)s. Tap to read.") % {"cover": cover})
    return SafeString(f'<details class="fold"><summary>{about}</summary>{words}</details>')


@register.simple_tag
def post(
    *,
    state: str,
    author: str,
    at: datetime,
    html: str = "",
    post_id: int | None = None,
    role: str = "",
    away: bool = False,
    own: bool = False,
    permalink: str = "",
    heading: str = "",
    cover: str = "",
    actions: Iterable[Action] = (),
    moderate_url: str = "",
    today: date | None = None,
    **slip: Any,
) -> SafeString:
    """Somebody's words and what has become of them; see components/post.html. `slip`: what is said below them."""
    when: str = timestamp(at, today or None) if at else ""
    if permalink:
        when = f'<a href="{safe(permalink)}">{when}</a>'
    top = f'{person_tag(author, role, away, own)}<span class="post__when">{when}</span>'
    place = f' id="post-{int(post_id)}"' if post_id else ""
    parts = [
        f'<article class="post{LOOKS.get(state, " post--gone")}"{place}>',
        f"<h2>{safe(heading)}</h2>" if heading else "",
        f'<div class="post__top">{top}</div>',
        prose(html, cover) if html else "",
        _slip(state, own=own, today=today, **slip),
        _links(actions or (), moderate_url, author),
        "</article>",
    ]
    return SafeString("\n".join(part for part in parts if part))


def _slip(state: str, **variables: Any) -> str:
    name = SLIPS.get(state, "components/post_gone.html")
    return render_to_string(name, {"state": state, **variables}) if name else ""


def _links(actions: Iterable[Action], moderate_url: str, author: str) -> str:
    links = [(action["href"], action["label"]) for action in actions]
    if moderate_url:
        links.append((moderate_url, _("Decide about this post")))
    if not links:
        return ""
    whose = f'<span class="visually-hidden"> {safe(_("(the post by %(author)s)") % {"author": author})}</span>'
    items = (f'<li><a href="{safe(href)}">{safe(label)}{whose}</a></li>' for href, label in links)
    return f'<ul class="post__links">{"".join(items)}</ul>'


@register.simple_tag
def board_post(row: Mapping[str, Any], today: date | None = None) -> SafeString:
    """A post of a thread as its reader meets it (boards.views.shown.for_reader); see boards/post.html."""
    shown, on_board = row["post"], row["post"].state == "accepted"
    words = post(
        state="on_board" if on_board else shown.state,
        post_id=shown.pk,
        author=shown.author.display_name,
        role=row["role"],
        away=shown.author.is_away,
        own=row["own"] and on_board,
        at=shown.visible_at,
        # Made by boards.markdown.render, sanitised as it was written; a post that only left its place shows none.
        html=SafeString(shown.html) if on_board else "",
        cover=shown.cover,
        heading=row.get("heading", "") if on_board else "",
        actions=row["actions"],
        today=today,
    )
    if not row.get("folded"):
        return words
    why = _("Somebody you muted wrote here") if row["folded"] == "person" else _("A post with a word you muted")
    return SafeString(f'<details class="fold"><summary>{safe(why)}</summary>\n{words}\n</details>')
