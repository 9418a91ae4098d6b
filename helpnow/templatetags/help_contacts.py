"""Lets any page show contacts without its view having to think of them. No query."""

from django import template

from helpnow.contacts import Contact
from helpnow.queries import Group, groups_for, short_list

register = template.Library()


@register.simple_tag
def help_groups(nation: str = "", area: str = "") -> list[Group]:
    """Contacts under headings, for a nation and an area, or for all of them."""
    return groups_for(nation, area)


@register.simple_tag
def help_short() -> tuple[Contact, ...]:
    """The few that are there always and everywhere."""
    return short_list()
