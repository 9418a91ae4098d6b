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


def contacts_for(nation: str, area: str = "") -> tuple[Contact, ...]:
    """Return the contacts for a nation and an area: 999 and Samaritans first, then what is near, then the others.

    With "" (signed out, or not said) those of all nations, of all areas. No query (safety check 2.1).
    """
    return tuple(contact for group in groups_for(nation, area) for contact in group.contacts)


def groups_for(nation: str, area: str = "") -> list[Group]:
    """Return the same contacts under headings: always, the area, each nation by name, anywhere in the UK. No query.

    Where an area is said, those of other areas are left out; one that the contacts do not know counts as not said.
    """
    area = area if area in areas_in(nation) else ""
    everyone = [contact for contact in book().contacts if contact.area in ("", area) or not area]
    nations = [Nation(nation)] if nation in Nation.values else list(Nation)
    near = [contact for contact in everyone if area and contact.area == area and not contact.always]
    groups = [Group("", tuple(contact for contact in everyone if contact.always)), Group(area, tuple(near))]
    for each in nations:
        own = (c for c in everyone if each in c.nations and not c.everywhere and not c.always and c not in near)
        groups.append(Group(str(each.label), tuple(own)))
    anywhere = tuple(contact for contact in everyone if contact.everywhere and not contact.always)
    groups.append(Group(_("Anywhere in the UK"), anywhere))
    return [group for group in groups if group.contacts]


def areas_in(nation: str) -> list[str]:
    """Return the areas that contacts of a nation (or of any) name, in the order of the alphabet. No query."""
    return sorted({c.area for c in book().contacts if c.area and (nation not in Nation.values or nation in c.nations)})


def contacts_beside(nation: str, area: str) -> tuple[Contact, ...]:
    """Return the contacts that stand beside a plan: as `contacts_for`; where no nation is said, only those that hold in
    all four, so that nobody rings a line that is not theirs. No query.
    """
    if nation in Nation.values:
        return contacts_for(nation, area)
    near = [contact for contact in contacts_for("", area) if area and contact.area == area]
    everywhere = [contact for contact in book().contacts if contact.always or contact.everywhere]
    return (*everywhere[:2], *near, *everywhere[2:])


def short_list() -> tuple[Contact, ...]:
    """Return the few contacts for a page about something else: those that are there always and everywhere."""
    always = [contact for contact in book().contacts if contact.always]
    by_text = [contact for contact in book().contacts if contact.key == "shout"]
    return tuple(always + by_text)


@dataclass(frozen=True)
class Reader:
    """Who looks at Help now, as far as that page must know: where they live, and whether they are signed in."""

    nation: str = ""
    area: str = ""
    is_signed_in: bool = False


def reader_of(person: object) -> Reader:
    """Return what a signed-in person has chosen; nothing when signed out, unsaid or the database is away.

    Help now has to come whatever else fails, so this is the one place where a dead database is passed over, and it is
    asked once only: each asking may hold the page up.
    """
    try:
        if isinstance(person, AnonymousUser):
            return Reader()
        return Reader(str(getattr(person, "nation", "")), str(getattr(person, "area", "")), is_signed_in=True)
    except DatabaseError:
        return Reader()


def nation_of(person: object) -> str:
    """Return the nation of `reader_of`."""
    return reader_of(person).nation
