"""The words of what was opened: the parts that it names, as they are now, and nothing else of the plan."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crisisplans.comparing import fields_of
from crisisplans.headings import Heading, headings
from crisisplans.link_words import LABEL, LinkWords
from crisisplans.models import Opening, OutsideLink
from crisisplans.parts import FIRST_STEPS, keys_of
from crisisplans.queries.own import words_of
from crisisplans.sealing import Box, box_to_read
from crisisplans.told import ToldPart, as_one_text


def titles_of(all_headings: Iterable[Heading]) -> dict[str, str]:
    """The headings of all that can be opened, by key, the first steps among them."""
    return {FIRST_STEPS: _("First steps")} | {heading.key: heading.title for heading in all_headings}


def headings_of(opening: Opening) -> dict[str, str]:
    """The headings that a reader meets, by the parts' keys: the community's own where the plan is written under those
    of the very community it was opened in, else everybody's. No other place's words come through. No query.
    """
    same = opening.community_id is not None and opening.plan.template_of_id == opening.community_id
    template = opening.template_parts if same else None
    return titles_of(headings(opening.plan.kind, template or ()))


def opened_words(opening: Opening) -> list[ToldPart]:
    """What may be read, part by part, in the order of its headings: only parts that hold words.

    Called with an opening that a door has just let through. Raises `sealing.Unreadable`. No query; one file.
    """
    plan = opening.plan
    if plan.latest is None:
        return []
    words = words_of(plan.latest, _box_of(opening))
    may = [(key, title) for key, title in headings_of(opening).items() if key in opening.parts]
    told = [(key, title, fields_of(words, key)) for key, title in may if key in keys_of(plan.kind)]
    return [ToldPart(key, title, as_one_text(fields)) for key, title, fields in told if fields]


def top_of(link: OutsideLink) -> str:
    """What its owner wanted to stand at the top for whoever reads by a link; "" for nothing. No query; one file."""
    return link_words(link, _box_of(link.opening)).top


def link_words(link: OutsideLink, box: Box) -> LinkWords:
    """What its owner wrote about a link."""
    return LinkWords.read(box.unseal(str(link.ref), LABEL, link.sealed))


def _box_of(opening: Opening) -> Box:
    """What opens the owner's words, from the row that a door has brought."""
    return box_to_read(opening.plan.person_id, opening.plan.person.plan_key.name)
