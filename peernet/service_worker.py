"""The site's service worker, and what a phone's home screen shows of it.

One worker serves the whole site, made of parts, a file each in `PARTS`: one shows that there is something new, one has
the copy of a plan at hand without a network (ADR 0034). Neither keeps a page unless somebody asked for a copy.
"""

import json
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

PARTS = ("js/worker/told.js", "js/worker/at_hand.js")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script. Everybody, as a browser asks for it by itself; it holds nothing about anybody.

    Answered like every page with `no-store`: a browser compares it anew and always has the site's own.
    """
    said = {"title": _("Something new for you"), "picture": static("icons/told.png"), "place": _place()}
    script = f"self.SAID = {json.dumps(said)};\n{_parts()}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


def _place() -> dict[str, str]:
    """Where the copy lies in a browser (the script that makes it, js/copy.js, has the same names), and the way out."""
    page = reverse("crisisplans:at_hand")
    return {
        "store": "at-hand",
        "page": page,
        "kept": f"{page}kept",
        "left": "left",
        "leave": reverse("helpnow:leave"),
        "onward": settings.EXIT_ADDRESS,
        "go_on": _("Go on"),
        "files": settings.STATIC_URL,
    }


@cache
def _parts() -> str:
    return "\n".join((settings.BASE_DIR / "static" / part).read_text() for part in PARTS)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a home screen shows: the operator's neutral word and a picture that says nothing."""
    pictures = [
        {"src": static(f"icons/home-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    shown = {
        "name": settings.HOME_NAME,
        "short_name": settings.HOME_NAME,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#2b2538",
        "theme_color": "#2b2538",
        "icons": pictures,
    }
    return JsonResponse(shown, content_type="application/manifest+json")
