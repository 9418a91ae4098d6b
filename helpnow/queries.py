"""Which contacts to show, and in which order. Nothing here asks the database, but the nation of who is signed in."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from helpnow.book import book
from helpnow.contacts import Contact
from helpnow.nations import Nation


@dataclass(frozen=True)
class Group:
    """Contacts under one heading; an empty title stands for the two that always come first."""

    title: str
    contacts: tuple[Contact, ...]


def contacts_for(nation: str) -> tuple[Contact, ...]:
    """Return the contacts for a nation, 999 and Samaritans first, then its own, then those for everywhere.

    With "" (signed out, or not said) the contacts of all nations. No query (safety check 2.1).
    """
    return tuple(contact for group in groups_for(nation) for contact in group.contacts)


def groups_for(nation: str) -> list[Group]:
    """Return the same contacts under headings: always, each nation by name, anywhere in the UK. No query."""
    everyone = book().contacts
    nations = [Nation(nation)] if nation in Nation.values else list(Nation)
    groups = [Group("", tuple(contact for contact in everyone if contact.always))]
    for each in nations:
        own = (c for c in everyone if each in c.nations and not c.everywhere and not c.always)
        groups.append(Group(str(each.label), tuple(own)))
    anywhere = tuple(contact for contact in everyone if contact.everywhere and not contact.always)
    groups.append(Group(_("Anywhere in the UK"), anywhere))
    return [group for group in groups if group.contacts]


def short_list() -> tuple[Contact, ...]:
    """Return the few contacts for a page about something else: those that are there always and everywhere."""
    always = [contact for contact in book().contacts if contact.always]
    by_text = [contact for contact in book().contacts if contact.key == "shout"]
    return tuple(always + by_text)


def nation_of(person: object) -> str:
    """Return the nation a signed-in person has chosen, or "" when signed out, unsaid or the database is away.

    Help now has to come whatever else fails, so this is the one place where a dead database is passed over.
    """
    try:
        if isinstance(person, AnonymousUser):
            return ""
        return str(getattr(person, "nation", ""))
    except DatabaseError:
        return ""
