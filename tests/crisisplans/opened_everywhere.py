"""Heron's plan, of which every part and step is marked, opened in every way there is at once."""

from datetime import timedelta

import clock
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Opening, Plan
from crisisplans.services import open_plan
from crisisplans.services.saving import save_words
from crisisplans.words import PlanWords
from tests.cast import Cast
from tests.crisisplans.opening import linked, opened

SECRET = "OnlyHeronMayReadThis"
PARTS = ("well", "people", "hospital")
# Who reads which of the openings below, by its place in their list.
READ_BY = {"clover": 0, "juniper": 0, "fern": 1, "moss": 2}


def marked_plan(cast: Cast) -> Plan:
    """Heron's plan."""
    words = PlanWords({part: {"text": f"{SECRET} {part}"} for part in PARTS}, (f"{SECRET} step",))
    return save_words(person=cast.heron.person, kind="crisis", words=words, seen_version=0, agreed=True).plan


def opened_in_every_way(cast: Cast, plan: Plan) -> list[Opening]:
    """To Fern for a review, to Moss to read, to Clover and Juniper for a call, and by a link: all of it at once."""
    day = timedelta(days=1)
    call = open_plan(
        plan=plan,
        kind=OpeningKind.CALL,
        parts=PARTS,
        readers=[cast.clover, cast.juniper],
        until=clock.now() + timedelta(hours=1),
        community=cast.fellside,
        case="call:1",
        by="call:1",
    )
    review = opened(cast.heron, cast.fern, parts=PARTS, plan=plan)
    named = opened(cast.heron, cast.moss, kind=OpeningKind.NAMED, parts=PARTS, plan=plan, lasts=day)
    return [call, review, named, linked(cast.heron).opening]
