"""Opening a plan to others: who can be asked, what they read, and how it ends, for each reason there is."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.live.sockets import NO_RIGHT
from communities.lifecycle import ApartState, State, SuspendedFrom
from communities.models import KeepApart, Membership
from communities.services import begin_break, end_break
from crisisplans.forms.opening import NAMES_TRIED, TRIED_IN
from crisisplans.lifecycle import OpeningKind
from crisisplans.models import Look, NotAsked, Opening, OpeningReader
from crisisplans.policies import may_read
from crisisplans.queries import access_opening, openings_for
from crisisplans.queries.owning import may_be_asked
from crisisplans.services import close_opening, erase_plans, open_plan
from crisisplans.services.reviewing import choose_asked, step_back
from crisisplans.services.settling import settle_openings
from crisisplans.services.sharing import end_opening
from moderation.services import change_standing
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.crisisplans.opening import CANARY, HOURS, OPEN_PARTS, SHUT_PART, linked, opened, plan_of, words_in
from tests.live.knocking import Looks, Open, sit_down
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/plans/"


def page(who: Membership, opening: Opening) -> str:
    """What the reading page answers them; "" for a 404."""
    answer = client_of(who).get(f"/c/{who.community.slug}/plans/{opening.pk}/")
    assert answer.status_code in {200, 404}, answer.status_code
    return answer.content.decode() if answer.status_code == 200 else ""


def socket(who: Membership, opening: Opening) -> Open:
    """The page's own socket."""
    return Open(sit_down(who), "opening", who.community.slug, opening=opening.pk)


def apart(asker: Membership, other: Membership) -> KeepApart:
    """Two who are kept apart from now on."""
    now = clock.now()
    return KeepApart.objects.create(
        community=asker.community,
        asker=asker,
        other=other,
        begun_by=asker,
        state=ApartState.IN_FORCE,
        asked_at=now,
        since=now,
    )


def test_named_reader_reads_the_parts_that_were_opened_and_no_other(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    shown = page(cast.fern, opening)
    assert all(words_in(part) in shown for part in OPEN_PARTS)
    assert words_in(SHUT_PART) not in shown
    assert words_in("first step") not in shown
    assert may_read(cast.fern, opening, clock.now())


def test_first_steps_are_opened_like_a_part(cast: Cast) -> None:
    shown = page(cast.fern, opened(cast.heron, cast.fern, parts=("first_steps",)))
    assert words_in("first step") in shown
    assert words_in("well") not in shown


def test_each_look_is_on_record_before_anything_is_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = opened(cast.heron, cast.fern)
    page(cast.fern, opening)
    page(cast.fern, opening)
    assert Look.objects.filter(opening=opening, membership=cast.fern).count() == 2
    entries = Entry.objects.filter(chain=cast.fellside.chain, verb="look at plan")
    assert {(entry.actor, entry.subject) for entry in entries} == {(cast.fern.ref, opening.ref)}
    assert CANARY not in str(list(Entry.objects.values()))

    def fails(**entry: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("crisisplans.services.looking.record", fails)
    fern = client_of(cast.fern)
    fern.raise_request_exception = False
    answer = fern.get(f"{C}{opening.pk}/")
    assert (answer.status_code, CANARY in answer.content.decode()) == (500, False)
    assert Look.objects.count() == 2


def time_is_over(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    time.shift(HOURS)


def withdrawn(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    end_opening(person=cast.heron.person, pk=opening.pk)


def closed_by_its_reason(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    close_opening(opening=opening, by="call:7", why="call over")


def kept_apart_by_the_owner(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    apart(cast.heron, cast.fern)


def kept_apart_by_the_reader(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    apart(cast.fern, cast.heron)


def reader_suspended_from_the_board(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    suspended(cast.fern, SuspendedFrom.BOARD)


def reader_suspended_from_everything(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    suspended(cast.fern, SuspendedFrom.EVERYTHING)


def reader_left(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    change_standing(membership=cast.fern, verb="leave", by="test")


def reader_on_a_break(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    begin_break(by=cast.fern)


def reader_inactive(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    change_standing(membership=cast.fern, verb="make_inactive", by="test")


def reader_stepped_back(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    step_back(by=cast.fern, pk=opening.pk)


def owner_left(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    change_standing(membership=cast.heron, verb="leave", by="test")


def owner_died(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    change_standing(membership=cast.heron, verb="record_death", by="test")


def owner_suspended(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    suspended(cast.heron, SuspendedFrom.EVERYTHING)


def owner_closed(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    cast.heron.person.is_active = False
    cast.heron.person.save()


def plan_erased(cast: Cast, opening: Opening, time: TimeMachineFixture) -> None:
    erase_plans(person=cast.heron.person)


def suspended(member: Membership, what: SuspendedFrom) -> None:
    until = clock.now() + timedelta(days=7)
    change_standing(membership=member, verb="suspend", by="test", suspended_from=what, suspended_until=until)


ENDS = (
    time_is_over,
    withdrawn,
    closed_by_its_reason,
    kept_apart_by_the_owner,
    kept_apart_by_the_reader,
    reader_suspended_from_the_board,
    reader_suspended_from_everything,
    reader_left,
    reader_on_a_break,
    reader_inactive,
    reader_stepped_back,
    owner_left,
    owner_died,
    owner_suspended,
    owner_closed,
    plan_erased,
)


@pytest.mark.parametrize("ends", ENDS, ids=lambda ends: ends.__name__)
def test_access_ends_with_the_next_request_and_the_next_whole_look(
    cast: Cast, time_machine: TimeMachineFixture, ends: Callable[..., None]
) -> None:
    opening, of_another = opened(cast.heron, cast.fern), opened(cast.moss, cast.clover)
    fern = client_of(cast.fern)
    assert CANARY in fern.get(f"{C}{opening.pk}/").content.decode()
    here, other = socket(cast.fern, opening), socket(cast.clover, of_another)
    looks = Looks(here, other)
    looks.look(whole=True)
    assert (here.closed, other.closed) == (None, None)
    ends(cast, opening, time_machine)
    if ends is not time_is_over:
        looks.look(whole=True)
        assert other.closed is None
        assert here.closed == NO_RIGHT
    answer = fern.get(f"{C}{opening.pk}/")
    assert (answer.status_code, CANARY in answer.content.decode()) == (404, False)
    assert fern.get(f"{C}{opening.pk}/suggest/well/").status_code == 404
    assert socket(cast.fern, opening).refused == NO_RIGHT
    fresh = Membership.objects.get(pk=cast.fern.pk)
    assert not may_read(fresh, opening, clock.now())
    assert openings_for(fresh, clock.now()) == []
    with pytest.raises(Http404):
        access_opening(fresh, opening.pk, clock.now())
    assert CANARY not in here.everything


def test_open_page_closes_when_the_time_is_over(cast: Cast, time_machine: TimeMachineFixture) -> None:
    here = socket(cast.fern, opened(cast.heron, cast.fern))
    looks = Looks(here)
    time_machine.shift(HOURS - timedelta(seconds=1))
    looks.look(whole=True)
    assert here.closed is None
    time_machine.shift(timedelta(seconds=1))
    looks.look(whole=True)
    assert here.closed == NO_RIGHT


def test_owner_suspended_from_the_board_only_keeps_what_they_opened(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    suspended(cast.heron, SuspendedFrom.BOARD)
    assert CANARY in page(cast.fern, opening)


@pytest.mark.parametrize("swept", [True, False], ids=["swept", "no sweep"])
def test_a_reader_who_was_away_reads_nothing_by_the_old_leave_when_they_come_back(
    cast: Cast, time_machine: TimeMachineFixture, swept: bool
) -> None:
    opening = opened(cast.heron, cast.fern, kind=OpeningKind.NAMED, lasts=timedelta(days=7))
    time_machine.shift(60)
    begin_break(by=cast.fern)
    if swept:
        settle_openings()
    end_break(by=cast.fern)
    assert page(cast.fern, opening) == ""
    again = opened(cast.heron, cast.fern, kind=OpeningKind.NAMED, lasts=timedelta(days=7))
    assert again.pk != opening.pk
    assert CANARY in page(cast.fern, again)


def test_what_was_ended_by_keeping_apart_stays_ended_when_that_ends(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    row = apart(cast.fern, cast.heron)
    settle_openings()
    KeepApart.objects.filter(pk=row.pk).update(state=ApartState.ENDED, closed_at=clock.now())
    assert page(cast.fern, opening) == ""


def test_who_left_and_came_back_finds_nothing_open_from_before_on_either_side(cast: Cast) -> None:
    opening, reading = opened(cast.heron, cast.fern), opened(cast.moss, cast.heron)
    change_standing(membership=cast.heron, verb="leave", by="test")
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ACTIVE, state_since=opening.opened_at)
    assert page(cast.fern, opening) == ""
    assert page(Membership.objects.get(pk=cast.heron.pk), reading) == ""
    assert verify() == []


def test_the_sweep_ends_for_good_what_an_owner_suspended_from_everything_had_opened(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    suspended(cast.heron, SuspendedFrom.EVERYTHING)
    assert (settle_openings(), settle_openings()) == (1, 0)
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ACTIVE, suspended_from="", suspended_until=None)
    assert page(cast.fern, opening) == ""


def test_a_death_closes_links_too_and_a_leaving_does_not(cast: Cast) -> None:
    kept, over = linked(cast.moss), linked(cast.heron)
    opened(cast.heron, cast.fern)
    change_standing(membership=cast.moss, verb="leave", by="test")
    change_standing(membership=cast.heron, verb="record_death", by="test")
    assert Opening.objects.get(pk=kept.opening.pk).closed_at is None
    assert not Opening.objects.filter(plan=over.opening.plan, closed_at=None).exists()


def test_keeping_apart_holds_for_the_same_two_people_in_another_community(cast: Cast) -> None:
    # Moss and Pebble are one person; Otter of the other community joins Fellside too.
    otter = Membership.objects.create(
        community=cast.fellside,
        person=cast.otter.person,
        state=State.ACTIVE,
        display_name="Brook",
        name_key="brook",
        joined_at=clock.now(),
        state_since=clock.now(),
    )
    opening = opened(cast.moss, otter)
    assert CANARY in page(otter, opening)
    apart(cast.pebble, cast.otter)
    assert page(otter, opening) == ""
    assert otter not in may_be_asked(cast.moss, clock.now())


def test_nobody_learns_by_the_list_of_names_who_is_kept_apart(cast: Cast) -> None:
    apart(cast.fern, cast.heron)
    choose_asked(by=cast.clover, asked=False)
    names = {one.display_name for one in may_be_asked(cast.heron, clock.now())}
    # The one who asked is missing as somebody is who would rather not be asked, or is away.
    assert not names & {"Fern", "Clover", "Hazel", "Thorn", "Willow", "Finch", "Heron"}
    assert {"Moss", "Wren", "Dale"} <= names
    answers = []
    for reader in (cast.fern, cast.clover, cast.hazel):
        plan = opened(cast.heron, cast.moss).plan
        with pytest.raises(Refused) as refused:
            opened(cast.heron, reader, plan=plan)
        answers.append(refused.value.reason)
    assert len(set(answers)) == 1
    form = client_of(cast.heron).get("/my-plan/sharing/crisis/review/fellside/").content.decode()
    assert "Not everybody is listed" in form
    assert not [name for name in ("Fern", "Clover", "Hazel") if name in form]


def test_a_plan_can_be_opened_to_nobody_who_could_not_read_it(cast: Cast) -> None:
    plan = plan_of(cast.heron)
    for reader in (cast.heron, cast.hazel, cast.thorn, cast.bramble, cast.willow, cast.finch, cast.teal, cast.marsh):
        with pytest.raises(Refused):
            opened(cast.heron, reader, plan=plan)
    with pytest.raises(Refused):
        opened(cast.heron, plan=plan)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("key", ["thorn", "willow", "dale"])
def test_owners_who_do_not_take_part_open_nothing_to_the_community(cast: Cast, key: str) -> None:
    plan = plan_of(cast[key])
    with pytest.raises(Refused):
        opened(cast[key], cast.fern, plan=plan)


@pytest.mark.parametrize("key", ["finch", "hazel", "sorrel", "bramble", "heron", "wren"])
def test_owners_new_away_or_suspended_from_the_board_open_their_plan(cast: Cast, key: str) -> None:
    assert CANARY in page(cast.fern, opened(cast[key], cast.fern))


def test_nobody_opens_somebody_elses_plan(cast: Cast) -> None:
    plan = plan_of(cast.heron)
    for thief in (cast.moss, cast.wren):
        with pytest.raises(Refused):
            opened(thief, cast.fern, plan=plan)


def test_while_a_plan_is_shut_after_a_way_back_it_is_opened_to_nobody_and_can_be_closed(cast: Cast) -> None:
    before = opened(cast.heron, cast.fern)
    cast.heron.person.plan_closed_until = clock.now() + timedelta(hours=24)
    cast.heron.person.save()
    with pytest.raises(Refused):
        opened(cast.heron, cast.moss)
    with pytest.raises(Refused):
        linked(cast.heron)
    with pytest.raises(Refused):
        open_plan(
            plan=before.plan,
            kind=OpeningKind.CALL,
            parts=OPEN_PARTS,
            readers=[cast.moss],
            until=clock.now() + HOURS,
            community=cast.fellside,
            case="call:7",
            by="call:7",
        )
    heron = client_of(cast.heron)
    for path in ("review/fellside/", "link/"):
        answer = heron.get(f"/my-plan/sharing/crisis/{path}")
        assert (answer.status_code, CANARY in answer.content.decode()) == (403, False)
    listed = heron.get("/my-plan/sharing/")
    assert (listed.status_code, CANARY in listed.content.decode()) == (200, False)
    assert heron.post(f"/my-plan/sharing/{before.pk}/end/").status_code == 302
    assert page(cast.fern, before) == ""


def test_an_upper_app_opens_and_closes_for_a_reason_of_its_own(cast: Cast) -> None:
    plan = plan_of(cast.heron)

    def for_a_call() -> Opening:
        return open_plan(
            plan=plan,
            kind=OpeningKind.CALL,
            parts=OPEN_PARTS,
            readers=[cast.moss, cast.fern],
            until=clock.now() + HOURS,
            community=cast.fellside,
            case="call:7",
            by="call:7",
        )

    opening = for_a_call()
    assert for_a_call().pk == opening.pk
    assert CANARY in page(cast.moss, opening)
    assert client_of(cast.moss).get(f"{C}{opening.pk}/suggest/well/").status_code == 404
    close_opening(opening=opening, by="call:7", why="call over")
    assert "Would you like to look at this again?" in client_of(cast.heron).get("/my-plan/").content.decode()
    close_opening(opening=opening, by="call:7", why="call over")
    assert page(cast.moss, opening) == ""
    facts = [json.loads(entry.facts) for entry in Entry.objects.filter(subject=opening.ref, verb="close plan")]
    assert facts == [{"why": "call over"}]


def test_staff_who_were_named_give_their_second_step_first(cast: Cast) -> None:
    opening = opened(cast.heron, cast.dale)
    bare = client_of(cast.dale, second_factor=False).get(f"{C}{opening.pk}/")
    assert (bare.status_code, CANARY in bare.content.decode()) == (403, False)
    assert not Look.objects.exists()
    assert Open(sit_down(cast.dale, second_factor=False), "opening", "fellside", opening=opening.pk).refused == NO_RIGHT
    assert CANARY in page(cast.dale, opening)
    assert Entry.objects.filter(verb="staff look at plan", actor=cast.dale.ref).count() == 1
    assert not may_read(cast.dale, opening, clock.now())
    assert may_read(sitting_now(cast.dale), opening, clock.now())


def test_the_same_form_sent_twice_is_one_opening_and_another_reader_is_another(cast: Cast) -> None:
    plan = plan_of(cast.heron)
    first = opened(cast.heron, cast.fern, plan=plan)
    assert opened(cast.heron, cast.fern, plan=plan).pk == first.pk
    assert opened(cast.heron, cast.fern, cast.moss, plan=plan).pk != first.pk


@pytest.mark.parametrize(
    ("kind", "lasts"),
    [
        (OpeningKind.REVIEW, timedelta(hours=13)),
        (OpeningKind.NAMED, timedelta(days=93)),
        (OpeningKind.REVIEW, timedelta(0)),
        (OpeningKind.REVIEW, timedelta(hours=-1)),
    ],
)
def test_nothing_is_open_for_ever_or_in_the_past(cast: Cast, kind: OpeningKind, lasts: timedelta) -> None:
    with pytest.raises(Refused):
        opened(cast.heron, cast.fern, kind=kind, lasts=lasts)


@pytest.mark.parametrize("parts", [(), ("nonsense",), ("well", "hopes")])
def test_only_parts_that_this_plan_has_are_opened(cast: Cast, parts: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        opened(cast.heron, cast.fern, parts=parts)


def test_readers_are_told_without_a_word_of_what_and_it_is_taken_back(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    notice = Notice.objects.get(kind="plan_opened")
    assert notice.person == cast.fern.person
    assert not [word for word in (CANARY, "Heron", "plan", "crisis") if word in str(notice.sentence)]
    end_opening(person=cast.heron.person, pk=opening.pk)
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None


def test_owner_is_told_at_once_only_if_they_want_to_be(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    page(cast.fern, opening)
    assert not Notice.objects.filter(kind="plan_looked").exists()
    client_of(cast.heron).post("/my-plan/sharing/tell/", {"choice": "yes"})
    page(cast.fern, opening)
    notice = Notice.objects.get(kind="plan_looked")
    assert notice.person == cast.heron.person
    assert not [word for word in ("Fern", "plan", "crisis") if word in str(notice.sentence)]


def test_owner_sees_every_look_with_whose_it_was(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern, cast.moss)
    page(cast.fern, opening)
    page(cast.moss, opening)
    page(cast.moss, opening)
    end_opening(person=cast.heron.person, pk=opening.pk)
    shown = client_of(cast.heron).get("/my-plan/sharing/looks/").content.decode()
    assert (shown.count("<strong>Moss</strong>"), shown.count("<strong>Fern</strong>")) == (2, 1)
    assert "<strong>Moss</strong>" not in client_of(cast.fern).get("/my-plan/sharing/looks/").content.decode()


def test_owner_sees_to_whom_it_is_open_and_no_reason_why_not(cast: Cast) -> None:
    opened(cast.heron, cast.fern, cast.moss, cast.clover)
    apart(cast.fern, cast.heron)
    step_back(by=cast.moss, pk=Opening.objects.get().pk)
    shown = client_of(cast.heron).get("/my-plan/sharing/").content.decode()
    assert "Fern (not open to them now)" in " ".join(shown.split())
    assert "Moss (not open to them now)" in " ".join(shown.split())
    assert "Clover (not open" not in " ".join(shown.split())


def test_headings_of_another_community_do_not_come_through(cast: Cast) -> None:
    from crisisplans.models import PlanTemplate

    plan = plan_of(cast.moss)
    for community, by in ((cast.riverside, cast.otter), (cast.fellside, cast.wren)):
        rows = [{"key": "well", "title": f"Heading of {community.slug}"}]
        PlanTemplate.objects.create(community=community, kind="crisis", parts=rows, by=by, at=clock.now())
    opening = opened(cast.moss, cast.fern, plan=plan)
    plan.template_of = cast.riverside
    plan.save()
    assert "Heading of" not in page(cast.fern, opening)
    plan.template_of = cast.fellside
    plan.save()
    assert "Heading of fellside" in page(cast.fern, opening)


def test_choosing_not_to_be_asked_is_ones_own_and_leaves_what_is_open(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern)
    fern = client_of(cast.fern)
    assert fern.post(f"{C}asked/", {"choice": "no"}).status_code == 302
    assert NotAsked.objects.filter(membership=cast.fern).exists()
    assert CANARY in page(cast.fern, opening)
    assert cast.fern not in may_be_asked(cast.heron, clock.now())
    fern.post(f"{C}asked/", {"choice": "yes"})
    assert cast.fern in may_be_asked(cast.heron, clock.now())


def test_stepping_back_keeps_the_others_and_the_looks(cast: Cast) -> None:
    opening = opened(cast.heron, cast.fern, cast.moss)
    page(cast.fern, opening)
    assert client_of(cast.fern).post(f"{C}{opening.pk}/step-back/").status_code == 302
    assert page(cast.fern, opening) == ""
    assert CANARY in page(cast.moss, opening)
    assert OpeningReader.objects.filter(opening=opening).count() == 2
    assert Look.objects.filter(membership=cast.fern).exists()


@pytest.mark.parametrize(("kind", "told"), [("crisis", "crisis plan"), ("development", "personal development plan")])
def test_reading_page_says_whose_plan_it_is_and_which_of_the_two(cast: Cast, kind: str, told: str) -> None:
    part = "well" if kind == "crisis" else "hopes"
    opening = opened(cast.heron, cast.fern, plan=plan_of(cast.heron, kind), parts=(part,))
    shown = page(cast.fern, opening)
    assert "What Heron lets you read" in shown
    assert f"From their {told}." in shown
    suggesting = client_of(cast.fern).get(f"{C}{opening.pk}/suggest/{part}/").content.decode()
    assert "Suggest something to Heron" in suggesting


def test_who_sees_no_list_of_names_tries_sixty_an_hour_however_many_go_into_one_form(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    plan_of(cast.avocet)
    avocet, address = client_of(cast.avocet), "/my-plan/sharing/crisis/review/riverside/"

    def tried(*names: str) -> str:
        return avocet.post(address, {"people_here": ", ".join(names), "parts": "well", "hours": "2"}).content.decode()

    for form in range(2):
        assert "Please wait an hour" not in tried(*(f"Nobody {form}-{n}" for n in range(NAMES_TRIED // 2 - 1)))
    # Two are left; a form with three names is looked at not at all, also where one of them is right.
    told = tried("Teal", "Nobody A", "Nobody B")
    assert "Please wait an hour" in told
    assert "We can" not in told
    assert "Teal" in tried("Teal", "teal ", "TEAL"), "the same name is one try"
    time_machine.shift(TRIED_IN + timedelta(minutes=1))
    assert "Please wait an hour" not in tried("Teal", "Nobody A", "Nobody B")
