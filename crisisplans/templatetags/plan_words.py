"""Somebody's own words on a page, with the numbers in them ready to be tapped."""

from django import template
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString

from crisisplans.numbers import numbers_in

register = template.Library()


@register.filter
def with_numbers(text: str) -> SafeString:
    """The words in paragraphs, all of them escaped; each number to ring is a link as large as a finger."""
    return SafeString(linebreaks(line_with_numbers(text)))


@register.filter
def line_with_numbers(text: str) -> SafeString:
    """The same in one line."""
    pieces, done = [], 0
    for number in numbers_in(text):
        pieces.append(escape(text[done : number.start]))
        pieces.append(format_html('<a class="contact__way" href="{}">{}</a>', number.href, number.shown))
        done = number.end
    pieces.append(escape(text[done:]))
    return SafeString("".join(pieces))
