"""What crisisplans holds about one person: their plans whole, and what others opened to them."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

import clock
from communities.own_data import OF_COMMUNITY
from crisisplans.models import (
    Look,
    NotAsked,
    Opening,
    OpeningReader,
    OutsideLink,
    Plan,
    PlanDraft,
    PlanKey,
    PlanTemplate,
    PlanVersion,
    ReviewDone,
    Suggestion,
)
from crisisplans.sealing import Unreadable, box_to_read
from people.models import Person
from people.own import MACHINERY, NUMBER, OTHERS, SECRET, TWICE, YOU, Part

_KEY = _("Of the key it is kept under; it says nothing about you.")


def _own(model: type[Model], person: Person, path: str) -> QuerySet[Any]:
    """The rows below this person's plans, `path` being the way to the person; none while the plan stays shut."""
    owner = f"{path}person"
    shut = Q(**{f"{owner}__plan_closed_until__gt": clock.now()}) | Q(
        **{f"{owner}__plan_key__erasing_at__isnull": False}
    )
    rows = model._default_manager.filter(**{owner: person}).exclude(shut)
    return rows.annotate(key_name=F(f"{owner}__plan_key__name"), owner_id=F(owner))


def _opened(field: str) -> Callable[[Any], Any]:
    """What opens a row's sealed words; None where they can't be opened."""

    def opened(row: Any) -> Any:
        try:
            return json.loads(box_to_read(row.owner_id, row.key_name).unseal(str(row.ref), field, row.sealed))
        except Unreadable:
            return None

    return opened


PARTS = [
    Part(
        key="plans",
        title=_("Your plans"),
        model=Plan,
        mine=lambda person: _own(Plan, person, "").select_related("template_of"),
        fields={
            "kind": _("Kind"),
            "made_at": _("Begun"),
            "review_on": _("To be read again on"),
            "reminded_for": _("You were reminded for"),
            "look_again_at": _("Offered to look again since"),
            "tell_at_once": _("You want to be told at once when somebody looks"),
            "latest": _("Newest version (number)"),
        },
        left_out={"id": NUMBER, "ref": NUMBER, "person": YOU, "template_of": TWICE},
        also={"headings_of": (_("Headings of"), lambda row: row.template_of.name if row.template_of else "")},
    ),
    Part(
        key="plan_versions",
        title=_("Your plans as you saved them, each time"),
        model=PlanVersion,
        mine=lambda person: _own(PlanVersion, person, "plan__"),
        fields={
            "id": _("Version (number)"),
            "plan": _("Plan (number)"),
            "number": _("Its place in the row"),
            "saved_at": _("Saved"),
            "agreed_to": _("Edition of the sentence you agreed to"),
            "restored_from": _("Brought back from"),
        },
        left_out={"ref": NUMBER, "sealed": TWICE},
        also={"words": (_("Words"), _opened("words"))},
    ),
    Part(
        key="plan_drafts",
        title=_("What you typed in your plans and have not saved"),
        model=PlanDraft,
        mine=lambda person: _own(PlanDraft, person, "plan__"),
        fields={"plan": _("Plan (number)"), "part": _("Part"), "saved_at": _("Typed")},
        left_out={
            "id": NUMBER,
            "ref": NUMBER,
            "sealed": TWICE,
            "seen_version": MACHINERY,
            "attempt": MACHINERY,
            "page_key": MACHINERY,
        },
        also={"words": (_("Words"), _opened("words"))},
    ),
    Part(
        key="plan_openings",
        title=_("Whom you let read your plans"),
        model=Opening,
        mine=lambda person: _own(Opening, person, "plan__").select_related("community"),
        fields={
            "id": _("Opening (number)"),
            "plan": _("Plan (number)"),
            "kind": _("Kind"),
            "parts": _("Parts"),
            "opened_at": _("From"),
            "until": _("To"),
            "closed_at": _("Ended before that"),
        },
        left_out={"community": TWICE, "closed_by": OTHERS, "case": MACHINERY},
        also={"community": (_("Community"), lambda row: row.community.name if row.community else "")},
    ),
    Part(
        key="plan_readers",
        title=_("When others opened their plan to you"),
        model=OpeningReader,
        mine=lambda person: OpeningReader.objects.filter(membership__person=person),
        fields={"opening": _("Opening (number)")},
        # Why it ended is said of nobody.
        left_out={"id": NUMBER, "membership": YOU, "ended_at": OTHERS},
    ),
    Part(
        key="plans_not_asked",
        title=_("That you would rather not be asked to read plans"),
        model=NotAsked,
        mine=lambda person: NotAsked.objects.filter(membership__person=person),
        fields={"since": _("Since")},
        left_out={"id": NUMBER, "membership": YOU},
    ),
    Part(
        key="plan_links",
        title=_("Links to your plans for somebody outside"),
        model=OutsideLink,
        mine=lambda person: _own(OutsideLink, person, "opening__plan__"),
        fields={"opening": _("Opening (number)")},
        left_out={"id": NUMBER, "ref": NUMBER, "token_digest": SECRET, "code_digest": SECRET, "sealed": TWICE},
        also={"label": (_("What you wrote about it"), _opened("label"))},
    ),
    Part(
        key="plan_looks",
        title=_("When somebody looked at your plans"),
        model=Look,
        mine=lambda person: _own(Look, person, "opening__plan__"),
        fields={"opening": _("Opening (number)"), "at": _("When")},
        left_out={"id": NUMBER, "membership": OTHERS},
    ),
    Part(
        key="plan_looks_made",
        title=_("When you looked at a plan that was opened to you"),
        model=Look,
        mine=lambda person: Look.objects.filter(membership__person=person),
        fields={"opening": _("Opening (number)"), "at": _("When")},
        left_out={"membership": YOU},
    ),
    Part(
        key="plan_suggestions",
        title=_("What others suggested for your plans"),
        model=Suggestion,
        mine=lambda person: _own(Suggestion, person, "opening__plan__"),
        fields={
            "opening": _("Opening (number)"),
            "part": _("Part"),
            "state": _("State"),
            "made_at": _("Made"),
            "decided_at": _("Decided"),
        },
        left_out={
            "id": NUMBER,
            "ref": NUMBER,
            "by": OTHERS,
            "sealed": _("Others wrote it; it stands on your own page."),
        },
    ),
    Part(
        key="plan_suggestions_made",
        title=_("What you suggested for the plans of others"),
        model=Suggestion,
        mine=lambda person: Suggestion.objects.filter(by__person=person),
        fields={"part": _("Part"), "made_at": _("Made"), "decided_at": _("Answered")},
        left_out={
            "by": YOU,
            "opening": OTHERS,
            "state": _("Whether it was taken is for the plan's owner to tell."),
            "sealed": _("It is about somebody else's plan, and kept with it."),
        },
    ),
    Part(
        key="plan_reviews",
        title=_("When a group had been through your plan with you"),
        model=ReviewDone,
        mine=lambda person: ReviewDone.objects.filter(owner__person=person),
        fields={"at": _("When"), "version": _("Version"), "opening": _("Opening (number)")},
        left_out={"id": NUMBER, "owner": YOU, "recorded_by": OTHERS},
    ),
    Part(
        key="plan_reviews_recorded",
        title=_("Reviews of others that you put on record"),
        model=ReviewDone,
        mine=lambda person: ReviewDone.objects.filter(recorded_by__person=person),
        fields={"at": _("When")},
        left_out={"owner": OTHERS, "recorded_by": YOU, "version": OTHERS},
    ),
    Part(
        key="plan_templates",
        title=_("Headings of plans that you chose for a community"),
        model=PlanTemplate,
        mine=lambda person: PlanTemplate.objects.filter(by__person=person).select_related("community"),
        fields={"kind": _("Kind"), "parts": _("Headings"), "at": _("When")},
        left_out={"id": NUMBER, "community": TWICE, "by": YOU},
        also=OF_COMMUNITY,
    ),
]

NOT_OWN = {PlanKey: _KEY}
