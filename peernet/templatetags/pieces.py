"""The components that a long page repeats most, as functions: a template of the same takes ten times as long.

Each is a tag with the variables of its component, and the component of that name calls it: there is one of each.
"""

from datetime import date, datetime

from django import template
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clock.words import timestamp

register = template.Library()


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
    if new:
        meta += f'<span class="tag">{safe(_("%(new)s new") % {"new": new})}</span>'
    link = f'<a href="{safe(href)}">{safe(title)}</a>'
    return SafeString(f'<li class="row"><p class="row__title">{link}</p>\n{text}<p class="row__meta">{meta}</p></li>')
