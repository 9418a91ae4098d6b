"""A review with the group: suggestions, putting it down as done, and what that means for joining."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from communities.lifecycle import State
from communities.models import Membership
from communities.services import join, record_admission
from crisisplans.lifecycle import OpeningKind, PlanKind, SuggestionState
from crisisplans.models import Look, Opening, PlanVersion, ReviewDone, Suggestion
from crisisplans.queries.reviews import reviewed
from crisisplans.services import erase_plans
from crisisplans.services.looking import note_look
from crisisplans.services.reviewing import record_review
from crisisplans.services.sharing import end_opening
from crisisplans.services.suggesting import LONGEST, MOST_WAITING, suggest, take_back_suggestion
from moderation.services import change_standing
from notices.models import Notice
from peernet.own import documents
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.crisisplans.opening import CANARY, opened, plan_of, words_in
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/plans/"
IDEA = "CanaryOfAnIdea ring me before it is bad"


def suggested(cast: Cast, part: str = "well", text: str = IDEA) -> Suggestion:
    opening = Opening.objects.first() or opened(cast.heron, cast.fern)
    return suggest(by=cast.fern, pk=opening.pk, part=part, text=text)


def latest() -> dict[str, str]:
    """What the newest version of Heron's plan says of the part."""
    from crisisplans.queries import own_plan

    own = own_plan(Membership.objects.get(display_name="Heron").person, "crisis", clock.now())
    assert own is not None
    return dict(own.words.parts["well"])


def test_a_suggestion_is_sealed_under_its_owners_key_and_only_the_owner_reads_it(cast: Cast) -> None:
    row = suggested(cast)
    assert IDEA not in str(list(Suggestion.objects.values())) + str(list(Entry.objects.values()))
    path = f"/my-plan/sharing/suggestions/{row.pk}/"
    assert IDEA in client_of(cast.heron).get(path).content.decode()
    for key in ("fern", "moss", "wren", "dale", "teal"):
        assert client_of(cast[key]).get(path).status_code == 404
        assert IDEA not in client_of(cast[key]).get(f"{C}{row.opening_id}/").content.decode()
    notice = Notice.objects.get(kind="plan_suggested")
    assert (notice.person, IDEA in str(notice.sentence)) == (cast.heron.person, False)


def test_the_owner_takes_it_into_its_part_as_they_like_and_that_is_a_version(cast: Cast) -> None:
    row = suggested(cast)
    heron, path = client_of(cast.heron), f"/my-plan/sharing/suggestions/{row.pk}/"
    page = heron.get(path).content.decode()
    assert f"{words_in('well')}\n{IDEA}" in page
    assert "For “Me on a good day”:" in page
    sent = {"text": f"{words_in('well')}\nmy own words", "version": "1", "edition": "1", "agreed": "1"}
    assert heron.post(path, sent).status_code == 302
    row.refresh_from_db()
    assert row.state == SuggestionState.ACCEPTED
    assert latest() == {"text": f"{words_in('well')}\nmy own words"}
    assert PlanVersion.objects.count() == 2
    assert heron.post(path, sent | {"text": "again"}).status_code == 409
    assert PlanVersion.objects.count() == 2


def test_left_it_changes_nothing_and_its_writer_learns_no_more_than_that(cast: Cast) -> None:
    row = suggested(cast)
    client_of(cast.heron).post(f"/my-plan/sharing/suggestions/{row.pk}/", {"decline": "1"})
    row.refresh_from_db()
    assert row.state == SuggestionState.DECLINED
    assert PlanVersion.objects.count() == 1
    page = client_of(cast.fern).get(f"{C}{row.opening_id}/suggest/well/").content.decode()
    assert "answered" in page
    assert "declined" not in page
    assert "declined" not in "".join(documents.as_json(cast.fern.person, clock.now()))
    with pytest.raises(Exception, match="answered meanwhile"):
        take_back_suggestion(by=cast.fern, pk=row.pk)


def test_taken_back_it_waits_no_more(cast: Cast) -> None:
    row = suggested(cast)
    assert client_of(cast.moss).post(f"{C}suggestions/{row.pk}/take-back/").status_code == 404
    assert client_of(cast.fern).post(f"{C}suggestions/{row.pk}/take-back/").status_code == 302
    assert client_of(cast.heron).post(f"/my-plan/sharing/suggestions/{row.pk}/", {"text": "x"}).status_code in {
        200,
        409,
    }
    assert PlanVersion.objects.count() == 1
    assert "From Fern" not in client_of(cast.heron).get("/my-plan/sharing/").content.decode()


@pytest.mark.parametrize("part", ["safe", "first_steps", "nonsense", "hopes"])
def test_only_parts_that_are_open_take_suggestions(cast: Cast, part: str) -> None:
    opening = opened(cast.heron, cast.fern)
    fern = client_of(cast.fern)
    assert fern.get(f"{C}{opening.pk}/suggest/{part}/").status_code == 404
    assert fern.post(f"{C}{opening.pk}/suggest/{part}/", {"text": IDEA}).status_code == 404
    assert not Suggestion.objects.exists()
    assert not Look.objects.exists()


def test_suggestions_are_for_reviews_only(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern, kind=OpeningKind.NAMED)
    assert client_of(cast.fern).get(f"{C}{opening.pk}/suggest/well/").status_code == 404


def test_the_same_words_twice_are_one_and_there_is_an_end_to_them(cast: Cast) -> None:
    assert suggested(cast).pk == suggested(cast).pk
    for n in range(MOST_WAITING - 1):
        suggested(cast, text=f"{IDEA} {n}")
    with pytest.raises(Refused):
        suggested(cast, text="one more")


def test_words_that_do_not_arrive_come_back_to_their_writer(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    fern = client_of(cast.fern)
    long = fern.post(f"{C}{opening.pk}/suggest/well/", {"text": "x" * (LONGEST + 1)})
    assert (long.status_code, "x" * LONGEST in long.content.decode()) == (200, True)
    end_opening(person=cast.heron.person, pk=opening.pk)
    gone = fern.post(f"{C}{opening.pk}/suggest/well/", {"text": IDEA})
    assert gone.status_code == 404
    assert IDEA in gone.content.decode()
    assert CANARY not in gone.content.decode()


def done(cast: Cast, by: Membership | None = None) -> ReviewDone:
    opening = Opening.objects.first() or opened(cast.finch, cast.fern, cast.dale)
    reader = by or cast.fern
    note_look(by=sitting_now(reader), pk=opening.pk, now=clock.now())
    return record_review(by=sitting_now(reader), pk=opening.pk)


def test_a_review_is_recorded_without_content_by_one_who_was_there(cast: Cast) -> None:
    row = done(cast)
    assert (row.owner, row.recorded_by, row.version) == (cast.finch, cast.fern, 1)
    entry = Entry.objects.get(verb="review plan")
    assert (entry.chain, entry.actor, entry.subject) == (cast.fellside.chain, cast.fern.ref, cast.finch.ref)
    assert json.loads(entry.facts) == {"version": 1}
    assert Notice.objects.get(kind="plan_reviewed").person == cast.finch.person
    assert done(cast, cast.dale).pk == row.pk


def test_a_look_at_a_development_plan_is_not_put_down_and_opens_no_way_in(cast: Cast) -> None:
    plan = plan_of(cast.heron, PlanKind.DEVELOPMENT)
    opening = opened(cast.heron, cast.fern, plan=plan, parts=("hopes",))
    assert words_in("hopes") in client_of(cast.fern).get(f"{C}{opening.pk}/").content.decode()
    with pytest.raises(Http404):
        record_review(by=cast.fern, pk=opening.pk)
    assert f"{C}{opening.pk}/done/" not in client_of(cast.fern).get(C).content.decode()


def test_nobody_records_who_has_not_looked_or_was_not_named(cast: Cast) -> None:
    opening = opened(cast.finch, cast.fern)
    with pytest.raises(Refused):
        record_review(by=cast.fern, pk=opening.pk)
    for key in ("finch", "moss", "wren", "dale", "teal"):
        path = f"/c/{cast[key].community.slug}/plans/{opening.pk}/done/"
        assert client_of(cast[key]).post(path).status_code == 404
    named = opened(cast.finch, cast.moss, kind=OpeningKind.NAMED)
    assert client_of(cast.moss).post(f"{C}{named.pk}/done/").status_code == 404
    assert not ReviewDone.objects.exists()


def test_two_days_after_it_is_over_it_can_still_be_put_down_and_then_no_more(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    opening = opened(cast.finch, cast.fern, cast.moss)
    for reader in (cast.fern, cast.moss):
        note_look(by=reader, pk=opening.pk, now=clock.now())
    end_opening(person=cast.finch.person, pk=opening.pk)
    time_machine.shift(timedelta(days=2) - timedelta(seconds=1))
    fern = client_of(cast.fern)
    page = fern.get(f"{C}{opening.pk}/done/").content.decode()
    assert "Finch" in page
    assert CANARY not in page
    assert "The group has looked at it with Finch" in fern.get(C).content.decode()
    time_machine.shift(timedelta(seconds=2))
    assert fern.get(f"{C}{opening.pk}/done/").status_code == 404
    assert fern.post(f"{C}{opening.pk}/done/").status_code == 404
    assert "The group has looked" not in fern.get(C).content.decode()


def test_version_on_record_is_the_one_that_could_be_read(cast: Cast, time_machine: TimeMachineFixture) -> None:
    from crisisplans.services.saving import save_part

    opening = opened(cast.finch, cast.fern)
    note_look(by=cast.fern, pk=opening.pk, now=clock.now())
    end_opening(person=cast.finch.person, pk=opening.pk)
    time_machine.shift(60)
    fields = {"text": "written afterwards"}
    save_part(person=cast.finch.person, kind="crisis", part="well", fields=fields, seen_version=1, agreed=True)
    assert record_review(by=cast.fern, pk=opening.pk).version == 1


def test_review_meets_the_networks_condition_and_two_then_simply_say_yes(cast: Cast) -> None:
    with pytest.raises(Refused):
        record_admission(membership=cast.avocet, by=sitting_now(cast.otter))
    opening = opened(cast.avocet, cast.teal)
    note_look(by=cast.teal, pk=opening.pk, now=clock.now())
    record_review(by=cast.teal, pk=opening.pk)
    page = client_of(cast.otter).get("/c/riverside/admissions/").content.decode()
    assert "It is on record that the group has looked" in page
    assert CANARY not in page
    record_admission(membership=cast.avocet, by=sitting_now(cast.otter))
    assert record_admission(membership=cast.avocet, by=sitting_now(cast.kestrel))
    cast.avocet.refresh_from_db()
    assert cast.avocet.state == State.ACTIVE


def test_review_counts_for_its_own_community_and_its_own_stay(cast: Cast, time_machine: TimeMachineFixture) -> None:
    done(cast)
    assert reviewed([cast.finch, cast.avocet]) == {cast.finch.pk}
    change_standing(membership=cast.finch, verb="leave", by="test")
    time_machine.shift(60)
    back = join(token="open-link-of-riverside", person=cast.finch.person, display_name="Finch")
    assert reviewed([back]) == frozenset()


def test_review_stays_on_record_when_the_plan_is_erased_and_no_word_does(cast: Cast) -> None:
    done(cast)
    erase_plans(person=cast.finch.person)
    assert reviewed([cast.finch]) == {cast.finch.pk}
    assert ReviewDone.objects.get().opening is None
    assert not Opening.objects.exists()


def counted(path: str, who: Membership) -> int:
    client = client_of(who)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(
        [query for query in captured if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"))]
    )


def test_pages_cost_at_most_ten_queries_whatever_there_is(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    pages = {
        f"{C}{opening.pk}/": cast.fern,
        C: cast.fern,
        "/my-plan/sharing/": cast.heron,
        "/my-plan/sharing/looks/": cast.heron,
        "/my-plan/sharing/crisis/link/": cast.heron,
        "/my-plan/sharing/crisis/review/fellside/": cast.heron,
    }
    few = {path: counted(path, who) for path, who in pages.items()}
    for key in ("moss", "clover", "wren"):
        opened(cast[key], cast.fern)
        more = opened(cast.heron, cast[key], plan=opening.plan)
        note_look(by=cast[key], pk=more.pk, now=clock.now())
        suggest(by=cast[key], pk=more.pk, part="well", text=IDEA)
    many = {path: counted(path, who) for path, who in pages.items()}
    assert max(few.values()) <= 10, few
    assert max(many.values()) <= 10, many


def test_numbers_of_what_was_decided_hold_no_less_when_a_plan_is_erased(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    opening = opened(cast.heron, cast.dale)
    for _ in range(3):
        note_look(by=sitting_now(cast.dale), pk=opening.pk, now=clock.now())
    time_machine.shift(timedelta(days=31))
    moss, said = client_of(cast.moss), "Times staff read in a plan"
    assert said in moss.get("/c/fellside/rules/decided/").content.decode()
    erase_plans(person=cast.heron.person)
    assert said in moss.get("/c/fellside/rules/decided/").content.decode()
    assert plan_of(cast.heron).pk


def test_a_suggestion_that_is_too_long_is_said_so_with_every_letter_in_the_box(cast: Cast) -> None:
    opening, fern = opened(cast.heron, cast.fern), client_of(cast.fern)
    address, pasted = f"{C}{opening.pk}/suggest/well/", f"Ring {'me ' * 700}soon"
    assert "maxlength" not in fern.get(address).content.decode()
    page = fern.post(address, {"text": pasted}).content.decode()
    assert "Please make it shorter: 2,000 letters at most." in page
    assert pasted in page
    assert not Suggestion.objects.exists()
