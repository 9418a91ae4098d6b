"""What stands round every page: parts that are the same for everybody, and the menu."""

from functools import lru_cache

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


class SameForAll(template.Node):
    """Rendered once for each language, with nothing from the page: it can't hold a word of anybody's."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.said: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.said:
            self.said[language] = self.nodelist.render(_empty(context))
        return self.said[language]


def _empty(context: Context) -> Context:
    empty = Context()
    empty.template = context.template
    return empty


@register.tag
def same_for_all(parser: Parser, token: Token) -> SameForAll:
    """`{% same_for_all %}…{% endsame_for_all %}`: no variable has a value inside."""
    nodelist = parser.parse(("endsame_for_all",))
    parser.delete_first_token()
    return SameForAll(nodelist)


@register.simple_tag(takes_context=True)
def menu_items(context: Context) -> SafeString:
    """The lines of the menu; it leads nobody to a closed door. Variables: see components/menu.html."""
    community, here = context.get("community"), _signed_in(context)
    slug = [community.slug] if community else []
    counts = context.get("counts")
    lines = [_line(context, "front", _("Home"), _address("boards:front" if slug else "peernet:home", *slug))]
    if slug and context.get("may_read_board"):
        lines.append(_line(context, "board", _("Board"), _address("boards:board", *slug)))
        lines.append(_line(context, "new_thread", _("New thread"), _address("boards:new_thread", *slug)))
    if slug and context.get("may_see_own_waiting"):
        number = _number("waiting", counts.waiting if counts else 0, _("waiting"))
        lines.append(_line(context, "waiting", _("Waiting"), _address("boards:waiting", *slug), number))
    if here:
        number = _number("notices", counts.notices if counts else 0, _("new"))
        lines.append(_line(context, "notices", _("Notices"), _address("notices:list"), number))
    if slug and context.get("may_see_timetable"):
        lines.append(_line(context, "groups", _("Groups"), _address("meetings:timetable", *slug)))
    if slug and context.get("may_see_meetings"):
        lines.append(_line(context, "meeting", _("Meetings"), _address("meetings:next", *slug)))
    if slug and context.get("may_see_staff_day"):
        number = _number("staff", counts.more.get("staff", 0) if counts else 0, _("waiting"))
        lines.append(_line(context, "day", _("Your day"), _address("peernet:day", *slug), number))
    if slug and context.get("may_see_votes"):
        number = _number("votes", counts.more.get("votes", 0) if counts else 0, _("to vote on"))
        lines.append(_line(context, "votes", _("Votes"), _address("elections:votes", *slug), number))
    if slug and context.get("may_read_rules"):
        lines.append(_line(context, "rules", _("How we run this place"), _address("communities:rules", *slug)))
    if slug and context.get("may_moderate"):
        number = _number("moderation", counts.moderation if counts else 0, _("waiting"))
        lines.append(_line(context, "moderation", _("Moderation"), _address("moderation:queue", *slug), number))
    if not here:
        lines.append(_line(context, "account", _("Sign in"), _address("account_login")))
    return SafeString("\n".join(lines))


def _signed_in(context: Context) -> bool:
    return bool(getattr(context.get("user"), "is_authenticated", False))


# Addresses follow from a name and a community's word alone.
@lru_cache(maxsize=2048)
def _address(name: str, *slug: str) -> str:
    return reverse(name, args=slug)


def _line(context: Context, kind: str, label: str, to: str, number: str = "") -> str:
    current = ' aria-current="page"' if context.get("page_kind") == kind else ""
    return f'<li><a href="{safe(to)}"{current}>{safe(label)}{number}</a></li>'


def _number(name: str, count: int, words: str) -> str:
    """A number beside a line, which an open page keeps true (static/js/live.js)."""
    hidden = "" if count else " hidden"
    what = f'<span class="visually-hidden"> {safe(words)}</span>'
    return f' <span class="count" data-count="{name}"{hidden}><span>{int(count)}</span>{what}</span>'
