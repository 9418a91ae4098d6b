"""Every form says whose page it stands on: on a phone that several people use, nobody is shown what another wrote.

Django's `{% csrf_token %}`, which no form can do without, with our mark beside it (settings: `builtins`).
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString

from people import kept

register = template.Library()


class OwnFormNode(CsrfTokenNode):
    """The token, and for somebody who is signed in the mark of their own pages (people.kept)."""

    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        # The request stays with a context that an include with `only` has emptied.
        who = getattr(getattr(context, "request", None), "user", None)
        if not token or who is None or not who.is_authenticated:
            return SafeString(token)
        return SafeString(f'{token}<input type="hidden" name="{kept.WRITTEN_BY}" value="{kept.mark_of(who.pk)}">')


@register.tag
def csrf_token(parser: Parser, token: Token) -> OwnFormNode:
    """`{% csrf_token %}`, as before."""
    return OwnFormNode()
