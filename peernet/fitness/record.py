"""The record: whole, and still holding the head that somebody wrote down."""

from collections.abc import Iterator

from django.conf import settings

from audit import heads, queries
from audit.models import Chain
from audit.services import OPERATOR, PEOPLE
from communities.models import Community
from people.models import Person


def record_is_not_behind() -> Iterator[str]:
    """A chain that has come less far than this machine remembers was put back, or cut; the next start says so."""
    for name, head in heads.fallen_back(settings.HEADS_FILE).items():
        yield f"The record: chain {name} no longer holds its entry {head.length} as this machine remembers it."


def record_is_whole(head: str = "") -> Iterator[str]:
    """Every break found in the record (safety checks, 7.1 and 7.2)."""
    for found in queries.verify(shown_head=head):
        place = f" ({found.chain}, entry {found.number})" if found.chain else ""
        yield f"The record: {found.what}{place}."


def no_chain_is_gone() -> Iterator[str]:
    """A chain taken away whole, head and all, leaves no break behind; but those it was about are still here."""
    communities = list(Community.objects.order_by("pk"))
    begun = [OPERATOR] if communities else []
    # Whoever signs up is recorded; the demo's people never did.
    begun += [PEOPLE] if Person.objects.filter(is_demo=False).exists() else []
    there = set(Chain.objects.values_list("name", flat=True))
    for name in [*begun, *(community.chain for community in communities)]:
        if name not in there:
            yield f"The record: chain {name} is gone."
