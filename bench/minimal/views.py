"""The minimal page, once for each page that it is compared with."""

import os
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from bench.minimal.models import Row

TEMPLATE = "minimal/page.html"


@login_required
def page(request: HttpRequest, beside: str) -> HttpResponse:
    """Twenty rows for the person who is here, filled up with the words of the page that it stands beside."""
    return render(request, TEMPLATE, _context(request, filler(beside)))


def is_up(request: HttpRequest) -> HttpResponse:
    return HttpResponse("up")


def _context(request: HttpRequest, words: str) -> dict[str, object]:
    return {"person": request.user, "rows": Row.objects.order_by("-at")[:20], "filler": words}


@cache
def filler(beside: str) -> str:
    """As much of the other page as makes both equally long: it packs as well as the other page does. Cut once."""
    other = (Path(os.environ["MINIMAL_FILLERS"]) / f"{beside}.html").read_text()
    rows = Row.objects.order_by("-at")[:20]
    bare = render_to_string(TEMPLATE, {"person": "somebody", "rows": rows, "filler": ""})
    return other[: max(0, len(other) - len(bare))]
