"""A community puts the parts of a plan into its own words and order; nobody's own words are touched by it."""

from typing import Any

import pytest

import clock
from audit.models import Entry
from communities.models import Membership
from crisisplans.lifecycle import PlanKind
from crisisplans.models import Plan, PlanTemplate
from crisisplans.parts import parts_of
from crisisplans.queries.own import own_plan
from crisisplans.queries.writing import headings_for
from crisisplans.services.templates import follow_headings, set_headings
from people.decisions import Conflict, Refused
from tests.answers.forms import form_with
from tests.cast import Cast, client_of, sitting_now
from tests.crisisplans.writing import MINE, save, text_of, writing
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
HEADINGS = "/c/fellside/plan-headings/crisis/"
OURS = "What the hills do for me"


def rows(first: str = "", hidden: tuple[str, ...] = (), **titles: str) -> list[dict[str, Any]]:
    """Everybody's headings, with these titles, `first` before all others, and some left out."""
    keys = sorted(parts_of(PlanKind.CRISIS), key=lambda key: key != first)
    return [{"key": key, "title": titles.get(key, ""), "hint": "", "hidden": key in hidden} for key in keys]


def put(by: Membership, told: list[dict[str, Any]], seen: int = 0) -> PlanTemplate:
    return set_headings(by=sitting_now(by), kind=PlanKind.CRISIS, rows=told, seen=seen)


def shown(who: Membership) -> list[str]:
    """The headings on somebody's plan, in their order."""
    own = own_plan(who.person, PlanKind.CRISIS, clock.now())
    assert own
    return [heading.title for heading in headings_for(own.plan, PlanKind.CRISIS) if not heading.left_out]


def test_reworded_reordered_and_left_out_as_members_meet_it(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    put(cast.wren, rows(first="reasons", hidden=("hospital",), distraction=OURS))
    titles = shown(cast.heron)
    assert titles[0] == "What I keep going for"
    assert OURS in titles
    assert "If I go to A&E or into hospital" not in titles
    page = client_of(cast.heron).get(HEADINGS).content.decode()
    assert OURS in page
    assert "Not asked for here:" in page
    assert "/plan-headings/" in client_of(cast.heron).get("/c/fellside/rules/").content.decode()


def test_heading_that_is_too_long_is_said_so_with_every_letter_in_its_box(cast: Cast) -> None:
    browser, pasted = client_of(cast.wren), "What the hills do for me " * 8
    page = browser.get(f"{HEADINGS}change/")
    sent = form_with(page, "title_well") | {"title_well": pasted.strip()}
    answer = browser.post(f"{HEADINGS}change/", sent).content.decode()
    assert "maxlength" not in page.content.decode() + answer
    assert "Please make it shorter:" in answer
    assert pasted.strip() in answer
    assert not PlanTemplate.objects.exists()


def test_words_in_a_part_that_is_left_out_stay_in_sight_of_their_owner(cast: Cast) -> None:
    save(cast.heron, "hospital", "The cat goes next door")
    put(cast.wren, rows(hidden=("hospital",)))
    browser = client_of(cast.heron)
    page = browser.get(MINE).content.decode()
    assert "The cat goes next door" in page
    assert "Your words stay yours" in page
    assert browser.get(f"{MINE}parts/hospital/").status_code == 200


@pytest.mark.parametrize("way", ["print/", "take/crisis/text/", "take/data/", "on-this-phone/words/"])
def test_words_in_a_part_that_is_left_out_go_along_with_the_plan(cast: Cast, way: str) -> None:
    save(cast.heron, "hospital", "The cat goes next door")
    put(cast.wren, rows(hidden=("hospital",)))
    assert "The cat goes next door" in client_of(cast.heron).get(f"{MINE}{way}").content.decode()


def test_words_in_a_part_that_is_left_out_can_still_be_opened_to_somebody(cast: Cast) -> None:
    save(cast.heron, "hospital", "The cat goes next door")
    put(cast.wren, rows(hidden=("hospital",)))
    assert 'value="hospital"' in client_of(cast.heron).get(f"{MINE}sharing/crisis/link/").content.decode()


def test_what_is_typed_in_a_part_that_is_left_out_meanwhile_is_found_again(cast: Cast) -> None:
    browser = client_of(cast.heron)
    address = f"{MINE}parts/hospital/"
    browser.post(address, writing(browser, address, text="The cat", save_draft="1"))
    put(cast.wren, rows(hidden=("hospital",)))
    assert f'href="{address}"' in browser.get(MINE).content.decode()
    assert writing(browser, address)["text"] == "The cat"


def test_sentence_of_responsibility_is_never_left_out(cast: Cast) -> None:
    template = put(cast.wren, rows(hidden=("responsible", "well")))
    assert [row["key"] for row in template.parts if row["hidden"]] == ["well"]


def test_form_of_those_in_office_sets_them_and_its_history_is_shown(cast: Cast) -> None:
    browser = client_of(cast.wren)
    address = f"{HEADINGS}change/"
    form = form_with(browser.get(address), "seen")
    form |= {"title_distraction": OURS, "place_distraction": "1"}
    del form["ask_hospital"]
    assert browser.post(address, form)["Location"] == HEADINGS
    page = browser.get(HEADINGS).content.decode()
    assert page.index(OURS) < page.index("Me on a good day")
    assert "Left out:" in page
    newest = PlanTemplate.objects.get()
    assert [row["key"] for row in newest.parts if row["title"]] == ["distraction"]
    assert browser.post(address, form).status_code == 302
    assert PlanTemplate.objects.count() == 1


@pytest.mark.parametrize("key", ["heron", "rowan", "linden", "dale", "finch", "thorn"])
def test_nobody_else_sets_them(cast: Cast, key: str) -> None:
    assert client_of(cast[key]).get(f"{HEADINGS}change/").status_code == 404
    with pytest.raises(Refused):
        put(cast[key], rows(distraction=OURS))
    assert not PlanTemplate.objects.exists()


def test_second_step_is_asked_for(cast: Cast) -> None:
    assert client_of(cast.wren, second_factor=False).get(f"{HEADINGS}change/").status_code == 403
    with pytest.raises(Refused):
        set_headings(by=cast.wren, kind=PlanKind.CRISIS, rows=rows(distraction=OURS), seen=0)


def test_another_set_meanwhile_is_a_conflict(cast: Cast) -> None:
    first = put(cast.wren, rows(distraction=OURS))
    with pytest.raises(Conflict):
        put(cast.ash, rows(well="On a good day"))
    assert put(cast.ash, rows(well="On a good day"), seen=first.pk).pk != first.pk


@pytest.mark.parametrize("broken", ["missing", "twice", "unknown", "long"])
def test_odd_rows_are_refused(cast: Cast, broken: str) -> None:
    told = rows()
    if broken == "missing":
        told.pop()
    elif broken == "twice":
        told[-1] = told[0]
    elif broken == "unknown":
        told.append({"key": "risk", "title": "High", "hint": "", "hidden": False})
    else:
        told[0]["title"] = "x" * 81
    with pytest.raises(Refused):
        put(cast.wren, told)


def test_another_community_neither_sees_nor_changes_them(cast: Cast) -> None:
    put(cast.wren, rows(distraction=OURS))
    assert client_of(cast.teal).get(HEADINGS).status_code == 404
    assert client_of(cast.otter).get(f"{HEADINGS}change/").status_code == 404
    page = client_of(cast.teal).get("/c/riverside/plan-headings/crisis/").content.decode()
    assert OURS not in page


def test_plan_follows_the_one_community_of_its_owner_and_whichever_they_choose(cast: Cast) -> None:
    put(cast.wren, rows(distraction=OURS))
    save(cast.heron, "well", "Humming")
    save(cast.moss, "well", "Of two communities")
    assert OURS in shown(cast.heron)
    assert OURS not in shown(cast.moss)
    browser = client_of(cast.moss)
    form = form_with(browser.get(f"{MINE}headings/"), "choice") | {"choice": str(cast.fellside.pk)}
    assert browser.post(f"{MINE}headings/", form)["Location"] == MINE
    assert OURS in shown(cast.moss)
    assert text_of(cast.moss, "well") == "Of two communities"


def test_community_that_is_not_theirs_can_not_be_followed(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    with pytest.raises(Refused):
        follow_headings(person=cast.heron.person, kind=PlanKind.CRISIS, community=cast.riverside)
    answer = client_of(cast.heron).post(f"{MINE}headings/", {"choice": str(cast.riverside.pk)})
    assert answer.status_code == 200
    assert Plan.objects.get(person=cast.heron.person).template_of == cast.fellside


def test_whoever_left_has_everybodys_headings_and_all_their_words(cast: Cast) -> None:
    put(cast.wren, rows(hidden=("well",), distraction=OURS))
    save(cast.heron, "distraction", "The canal")
    Membership.objects.filter(pk=cast.heron.pk).update(state="left")
    assert OURS not in shown(cast.heron)
    assert "The canal" in client_of(cast.heron).get(MINE).content.decode()


def test_record_of_the_community_says_how_many_and_no_word(cast: Cast) -> None:
    put(cast.wren, rows(hidden=("well",), distraction=OURS))
    entry = Entry.objects.get(verb="set plan headings")
    assert (entry.chain, entry.actor) == (cast.fellside.chain, cast.wren.ref)
    assert OURS not in entry.facts
