"""A note for the next meeting on how it was to look after the board; among those in office, and nobody else."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle import ItemKind
from meetings.services import put_on_agenda
from moderation.models import Debrief
from moderation.policies import may_moderate
from people.decisions import Refused, require

# All notes of the weeks before one meeting are one item of its agenda: it says neither how many nor whose.
REF = "debriefs"


@transaction.atomic
def write_debrief(*, by: Membership, words: str, form_key: UUID) -> Debrief:
    """Write down how it was; the agenda of the next meeting says that there is something to talk about.

    The Top Three in office (caretakers), with the second step given. The same form sent twice with the same
    words is one note. Raises `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_moderate(member, now))
    note, is_new = Debrief.objects.get_or_create(
        by=member,
        form_key=uuid5(form_key, words),
        defaults={"community": member.community, "words": words, "made_at": now},
    )
    if is_new:
        put_on_agenda(
            community=member.community,
            kind=ItemKind.DEBRIEF,
            title=_("How it is to look after the board"),
            why=_("Those who look after it would like to talk about it. They say what they want to say."),
            by=None,
            ref=REF,
            now=now,
        )
        record(chain=member.community.chain, verb="write debrief", actor=member.ref, subject=note.ref, at=now)
    return note


@transaction.atomic
def take_back_debrief(*, note: Debrief, by: Membership) -> None:
    """Take one's own note back: its words go for good. Also out of office. Twice is once. Raises `Refused`."""
    member = lock_membership(by)
    if note.by_id != member.pk:
        raise Refused(_("Only the one who wrote it can do this."))
    now = clock.now()
    if Debrief.objects.filter(pk=note.pk, taken_back_at=None).update(words="", taken_back_at=now):
        record(chain=member.community.chain, verb="take back debrief", actor=member.ref, subject=note.ref, at=now)
