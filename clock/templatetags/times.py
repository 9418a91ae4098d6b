"""Times in templates: `{% load times %}{% timestamp post.visible_at today=now %}`. No query."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString

from clock import words

register = template.Library()


@register.simple_tag
def timestamp(at: datetime | None, today: date | None = None, short: bool = False) -> SafeString | str:
    """See `clock.words.timestamp`; nothing for no time."""
    return words.timestamp(at, today or None, short=bool(short)) if at else ""
