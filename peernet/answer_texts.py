"""What the pages of `answers` say. Nobody is blamed, no number is named, and there is always a way on."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peernet.answer_pages import Answer, sign_in_address
from peernet.written import CARRIED, Written
from people.decisions import Conflict, Refused

# Ways out of a "no": what `Refused.remedy` names, the address to go to, and the words of the button.
REMEDIES = {"second_step": ("people:second_step", gettext_lazy("Give your second step"))}
# What the facts of a `Conflict` are called.
FACTS = {
    "text": gettext_lazy("The words as they are now"),
    "title": gettext_lazy("The title as it is now"),
    "cover": gettext_lazy("What covers them now"),
}


def refused(fault: Refused, *, onward: str) -> Answer:
    """The person may see it but not do this."""
    links = [("/", _("Go to the front page"))]
    if fault.remedy in REMEDIES:
        address, label = REMEDIES[fault.remedy]
        links.insert(0, (f"{reverse(address)}?{urlencode({'next': onward})}", str(label)))
    return Answer(403, _("That can't be done just now"), fault.reason, links=tuple(links))


def conflict(fault: Conflict, path: str) -> Answer:
    """Somebody was quicker."""
    facts = tuple(
        (str(FACTS.get(name, name)), str(text)) for name, text in fault.facts.items() if name not in CARRIED and text
    )
    links = ((path, _("See how it stands now")),)
    return Answer(409, _("Something has changed in the meantime"), fault.reason, facts=facts, links=links)


def conflict_in_place(fault: Conflict, path: str) -> Answer:
    """The same, where the page itself shows what was put in beside what is there by now."""
    said = fault.reason + " " + _("What you put in is kept. You see it there again, beside what is saved.")
    return Answer(409, _("Something has changed in the meantime"), said, links=((path, _("See both")),))


def signed_out(written: Written | None) -> Answer:
    """The sitting ended while somebody was writing."""
    if not written:
        said = _("This happens after a while, to keep you safe. Nothing was sent. Sign in and try once more.")
        return Answer(403, _("You were signed out"), said, links=((sign_in_address("/"), _("Sign in")),))
    said = _("This happens after a while, to keep you safe. Nothing was sent yet, and nothing is lost.")
    safe = _("You were signed out. Your words are safe here")
    return Answer(
        403, safe if written.words else _("You were signed out. What you put in is safe"), said, signed_out=True
    )


def somebody_elses() -> Answer:
    """Words from a page that another person left open on this phone."""
    said = _("Somebody else had opened this page, so we do not show here what is written on it. Nothing was sent.")
    said += " " + _("Are they your words? Sign out in a new window. Then come back here and sign in as yourself.")
    links = ((reverse("account_logout"), _("Sign out")), ("/", _("Go to the front page")))
    return Answer(403, _("These may be somebody else's words"), said, links=links, signed_out=True, hidden=True)


def too_old(path: str, written: Written | None) -> Answer:
    """A form without a good token."""
    if written:
        said = _("This page had been open for a long time, so we stopped to ask. Please send your words once more.")
        return Answer(403, _("Please send that once more"), said)
    said = _("This page had been open for a long time, so we stopped. Please open it again and try once more.")
    links = ((path, _("Open the page again")), ("/", _("Go to the front page")))
    return Answer(403, _("Please try that once more"), said, links=links)


def too_long(written: Written | None) -> Answer:
    """More than a form may hold."""
    said = _("That is too long to send in one go. You could send it in parts.")
    if not written:
        said += " " + _("If you go back a page, your words may still be there.")
    return Answer(400, _("That is a lot of words"), said)


def not_understood() -> Answer:
    """A request that makes no sense."""
    said = _("Something got lost on the way here. Please go back and try once more.")
    return Answer(400, _("That did not arrive well"), said)


def not_open() -> Answer:
    """A door that is shut without a reason of its own."""
    return Answer(403, _("This page is not open just now"), _("You did nothing wrong. Here are other ways on."))


def not_found() -> Answer:
    """Missing, or not yours: the same words for both."""
    said = _("It may have moved, or it may not be there any more. You did nothing wrong.")
    return Answer(404, _("We can't find that page"), said)


def database_away(written: Written | None) -> Answer:
    """The store of everything does not answer."""
    said = _("It is our side that is not working, not you. Please try again in a minute or two.")
    if written:
        said += " " + _("Keep this page open: your words are here until you send them.")
    return Answer(503, _("We can't get to anything just now"), said)


def our_fault(written: Written | None) -> Answer:
    """Anything nobody thought of."""
    said = _("Something went wrong on our side. It was nothing you did.")
    if written:
        said += " " + _("We can't be sure that your words arrived. Sending them again does not make a second post.")
    return Answer(500, _("Sorry, that did not work"), said)


def last_resort() -> str:
    """A page that needs nothing at all, for when even the pages for faults fail."""
    return (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Sorry</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><h1>Sorry, that did not work</h1>'
        "<p>It is our side that is not working, not you. Please try again in a minute or two.</p>"
        '<p>If life is in danger ring <a href="tel:999">999</a>.</p>'
        '<p>To talk to somebody, day or night: Samaritans <a href="tel:116123">116 123</a>.</p>'
    )
