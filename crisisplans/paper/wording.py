"""What stands on paper, in order: the title, the first steps, the parts, and whom to turn to."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crisisplans.paper.lines import Words
from crisisplans.told import ToldPart, ToldPlan
from helpnow.contacts import Contact, How, Way


def title_words(plan: ToldPlan) -> Iterator[Words]:
    yield Words(plan.title, bold=True, scale=1.5)
    if plan.saved_on:
        said = _("As it was on %(day)s") % {"day": date_format(plan.saved_on, "j F Y")}
        yield Words(said, scale=0.85)


def first_words(plan: ToldPlan) -> Iterator[Words]:
    """The first steps, numbered; nothing where none are chosen."""
    if plan.first_steps:
        yield Words(_("First"), bold=True, scale=1.1, before=1, keeps_next=True)
    for number, step in enumerate(plan.first_steps, 1):
        yield Words(step, scale=1.15, indent=1.6, before=0.25, beside=str(number))


def part_words(part: ToldPart) -> Iterator[Words]:
    yield Words(part.title, bold=True, scale=1.05, before=0.9, keeps_next=True)
    yield Words(part.text)


def contact_words(plan: ToldPlan) -> Iterator[Words]:
    yield Words(_("Whom you can ring or text"), bold=True, before=1.2, keeps_next=True)
    for contact in plan.contacts:
        told = f"{_name(contact)}: {'; '.join(_ways(contact))}"
        yield Words(f"{told} ({contact.times})" if contact.times else told, before=0.15)


def _name(contact: Contact) -> str:
    return f"{contact.name}, {contact.area}" if contact.area else contact.name


def _ways(contact: Contact) -> Iterator[str]:
    """Its numbers to ring and to text; for a contact without any, its place."""
    ways = [way for way in contact.ways if way.number and way.how in (How.CALL, How.TEXT)] or list(contact.ways[:1])
    for way in ways:
        # The word to send is in what a text to send says already.
        yield " ".join(part for part in (_way(way), "" if way.text_to_send else way.then) if part)


def _way(way: Way) -> str:
    if not way.number:
        return way.place
    if way.how == How.TEXT and way.text_to_send:
        return _("text %(word)s to %(number)s") % {"word": way.text_to_send, "number": way.number}
    return _("text %(number)s") % {"number": way.number} if way.how == How.TEXT else way.number
