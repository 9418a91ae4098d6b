"""What a page says, without its marks."""

import re
from html import unescape

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The page's text."""
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
