"""The pages for when something can't go as it was meant to: warm, plain, with help on them, and without a query.

They are rendered without the request, so no context processor can ask a database that is away. Where words were
sent, they are on the page, in a form that sends them again.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peernet.written import Written
from people import kept

LABELS = {
    "title": gettext_lazy("Title"),
    "reason": gettext_lazy("Your reason"),
    "cover": gettext_lazy("What it is about"),
    "whom": gettext_lazy("Who is it for?"),
    "top": gettext_lazy("What should stand at the top?"),
    "people_here": gettext_lazy("Who may read it?"),
    "phone": gettext_lazy("Telephone"),
    "web": gettext_lazy("Website"),
    "open_times": gettext_lazy("When is it open?"),
    "own_words": gettext_lazy("Your own words"),
}
ONE_LINE = {"title", "cover", "whom", "top", "people_here", "phone", "web", "open_times", "own_words"}
Link = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """What a page says. `links` are (address, words); `signed_out` turns "send it again" into "sign in first";
    `hidden`: what was written goes along sealed, and is shown to nobody here."""

    status: int
    heading: str
    said: str
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    signed_out: bool = False
    hidden: bool = False


def page(request: HttpRequest, answer: Answer, written: Written | None = None) -> HttpResponse:
    """Return the answer as a page, with what was written on it. Never asks the database."""
    # Without asking the database who it is: a browser with a sitting gets the way to its own plan.
    is_here = settings.SESSION_COOKIE_NAME in request.COOKIES
    links = answer.links or (("/", _("Go to the front page")),)
    context: dict[str, object] = {"answer": answer, "links": links, "is_here": is_here}
    if written:
        context |= words(request, written)
        if answer.signed_out:
            context["sign_in_url"] = sign_in_address(onward_of(written))
            context["sealed"] = kept.fits(written.fields) and kept.seal(written.path, written.fields)
        if answer.hidden:
            context |= {"shown": (), "written": context["sealed"] and written}
    return HttpResponse(render_to_string("answers/answer.html", context), status=answer.status)


def onward_of(written: Written) -> str:
    """The page on which somebody finds what they put in, once they are back from signing in or their second step."""
    # Without what follows the question mark: that may ask for what is saved alone.
    return written.path.partition("?")[0] if written.is_shown_in_place else reverse("words:kept")


def words(request: HttpRequest, written: Written) -> dict[str, object]:
    """What templates/answers/words.html needs to show somebody's words in a form that sends them again."""
    shown = [
        (name, LABELS.get(name, _("Your words")), text, name in ONE_LINE and "\n" not in text)
        for name, text in written.words.items()
    ]
    return {"written": written, "shown": shown, "csrf_token": get_token(request)}


def sign_in_address(onward: str) -> str:
    """The sign-in page, and where to go from there."""
    return f"{reverse('account_login')}?{urlencode({'next': onward})}"
