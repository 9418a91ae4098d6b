"""The pages of votes and motions, as those who take part, those it is about and everybody else meet them."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from communities.models import Rule
from elections.models import Motion, MotionWords
from elections.motions.forms import FORMS
from elections.motions.lifecycle import Part
from elections.motions.services import write_words
from notices.models import Notice
from tests.cast import Cast, client_of, on_duty
from tests.communities.test_keep_apart import kept
from tests.elections.motions.steps import Votes, fresh, proposed
from tests.elections.motions.things import a_motion
from tests.steps import HELD, NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
C = "/c/fellside/"
TAKE_PART = ["wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble"]
REST = ["finch", "hazel", "sorrel", "thorn", "willow", "dale", "glen", "otter", "pebble", "avocet", "marsh"]


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def read(cast: Cast, who: str, path: str) -> str:
    answer = client_of(cast[who]).get(path)
    assert answer.status_code == 200, (who, path, answer.status_code)
    return text(answer.content)


def about_moss(cast: Cast) -> Motion:
    return proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=2, words="He shouted.")


@pytest.mark.parametrize("who", [*TAKE_PART, *REST])
def test_motion_is_there_for_members_who_take_part_and_missing_for_the_rest(cast: Cast, who: str) -> None:
    path = f"{C}motions/{about_moss(cast).pk}/"
    if who == "pebble":  # the same person as Moss, whose it is
        path = f"/c/riverside/motions/{Motion.objects.get().pk}/"
    status = client_of(cast[who]).get(path).status_code
    assert status == (200 if who in TAKE_PART else 404)


@pytest.mark.parametrize("who", REST)
def test_votes_page_shows_the_rest_nothing_of_others(cast: Cast, who: str) -> None:
    about_moss(cast)
    slug = cast[who].community.slug
    answer = client_of(cast[who]).get(f"/c/{slug}/votes/")
    if who == "willow":
        assert answer.status_code == 404
    else:
        assert "Shall Moss" not in answer.content.decode()


@pytest.mark.parametrize("who", ["thorn", "hazel", "sorrel"])
def test_whoever_it_is_about_reads_it_also_when_away_and_may_say_how_they_see_it(cast: Cast, who: str) -> None:
    motion = proposed(cast.wren, "hold_all", about=cast[who], days=7, words="For a calmer week.")
    said = read(cast, who, f"{C}motions/{motion.pk}/")
    assert "For a calmer week." in said
    assert "you have no vote on it" in said
    sent = client_of(cast[who]).post(f"{C}motions/{motion.pk}/words/own/", {"words": "I see it so."})
    assert sent.status_code == 302
    assert "I see it so." in read(cast, "fern", f"{C}motions/{motion.pk}/")
    assert f"Shall somebody look first at each post by {cast[who].display_name}" in read(cast, who, f"{C}votes/")


def test_candidate_reads_what_is_asked_about_them(cast: Cast) -> None:
    motion = proposed(cast.heron, "admission", about=cast.finch, day=date(2026, 6, 9), questions="Why here?")
    said = read(cast, "finch", f"{C}motions/{motion.pk}/")
    assert "Shall Finch become a member?" in said
    assert "Why here?" in said
    assert client_of(cast.finch).get(f"{C}motions/{about_moss(cast).pk}/").status_code == 404


def test_staff_find_an_admission_only_where_they_are_on_its_roll(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "admission", about=cast.finch, day=date(2026, 6, 9))
    other = about_moss(cast)
    assert client_of(cast.dale).get(f"{C}motions/{motion.pk}/").status_code == 404
    votes.opened(motion)
    assert "Shall Finch become a member?" in read(cast, "dale", f"{C}motions/{motion.pk}/")
    assert "Shall Finch become a member?" in read(cast, "dale", f"{C}votes/")
    assert client_of(cast.dale).get(f"{C}motions/{other.pk}/").status_code == 404
    assert fresh(motion).poll.electorate == 12


def test_staff_do_not_vote_where_the_rules_say_so(cast: Cast, votes: Votes) -> None:
    Rule.objects.create(community=cast.fellside, key="staff_vote", value=False, since=clock.now())
    motion = votes.opened(proposed(cast.heron, "admission", about=cast.finch, day=date(2026, 6, 9)))
    assert motion.poll.electorate == 10
    assert client_of(cast.dale).get(f"{C}motions/{motion.pk}/").status_code == 404


FILLED = {
    "free": {"title": "A walk each Friday"},
    "special_meeting": {},
    "suspension": {"about": "moss", "suspended_from": "board", "weeks": "2"},
    "recall": {"about": "wren"},
    "hold_all": {"about": "everybody", "days": "7"},
    "staff_invitation": {"staff": "dale", "thread": "board", "days": "meeting"},
    "admission": {"about": "finch", "day": "2026-06-09", "questions": "Why here?"},
    "rule/pause_day_minutes": {"value": "10"},
    "rule/hold_to_and_fro": {"value": "on"},
    "rule/admission": {"value": "registration"},
    "rule/night_starts": {"value": "21:30"},
}


def form_of(cast: Cast, page: str) -> dict[str, str]:
    fields = {name: str(cast[told].pk) if told in vars(cast) else told for name, told in FILLED[page].items()}
    return {"words": "So that it is good.", "form_key": str(uuid4()), **fields}


@pytest.mark.parametrize("page", FILLED)
def test_each_form_proposes_what_it_says(cast: Cast, page: str) -> None:
    client = client_of(cast.heron)
    assert client.get(f"{C}propose/{page}/").status_code == 200
    answer = client.post(f"{C}propose/{page}/", form_of(cast, page))
    motion = Motion.objects.get()
    assert answer["Location"] == f"{C}motions/{motion.pk}/"
    assert motion.kind == page.partition("/")[0]
    assert "So that it is good." in read(cast, "fern", f"{C}motions/{motion.pk}/")


@pytest.mark.parametrize("page", FILLED)
def test_each_form_keeps_the_words_where_something_is_missing(cast: Cast, page: str) -> None:
    form = {"words": "Words of mine", "form_key": str(uuid4()), "value": "nonsense", "staff": "x", "about": "x"}
    answer = client_of(cast.heron).post(f"{C}propose/{page}/", form)
    if page != "special_meeting":
        assert answer.status_code == 200
        assert "Words of mine" in answer.content.decode()
        assert not Motion.objects.exists()


@pytest.mark.parametrize(
    ("page", "field", "foreign"),
    [
        ("suspension", "about", "teal"),
        ("suspension", "about", "heron"),
        ("suspension", "about", "dale"),
        ("suspension", "about", "finch"),
        ("recall", "about", "otter"),
        ("recall", "about", "heron"),
        ("admission", "about", "avocet"),
        ("admission", "about", "moss"),
        ("staff_invitation", "staff", "marsh"),
        ("staff_invitation", "staff", "wren"),
    ],
)
def test_form_takes_nobody_whom_it_can_not_be_about(cast: Cast, page: str, field: str, foreign: str) -> None:
    answer = client_of(cast.heron).post(f"{C}propose/{page}/", form_of(cast, page) | {field: str(cast[foreign].pk)})
    assert answer.status_code == 200
    assert not Motion.objects.exists()


def test_thread_of_another_community_is_not_to_be_chosen(cast: Cast, time_machine: TimeMachineFixture) -> None:
    thread = start(cast.teal).thread
    time_machine.shift(timedelta(minutes=16))
    form = form_of(cast, "staff_invitation") | {"thread": str(thread.pk)}
    assert client_of(cast.heron).post(f"{C}propose/staff_invitation/", form).status_code == 200
    assert not Motion.objects.exists()


# Pebble is the same person as Moss.
@pytest.mark.parametrize("who", [who for who in REST if who != "pebble"])
def test_nobody_else_proposes(cast: Cast, who: str) -> None:
    client = client_of(cast[who])
    assert client.get(f"{C}propose/").status_code == 404
    for page in FILLED:
        assert client.post(f"{C}propose/{page}/", form_of(cast, page)).status_code == 404
    assert not Motion.objects.exists()


def test_rule_says_which_numbers_it_can_have_and_takes_no_other(cast: Cast) -> None:
    client, page = client_of(cast.heron), f"{C}propose/rule/pause_day_minutes/"
    assert "Now: 5. A number from 1 to 60." in text(client.get(page).content)
    for wrong in ("0", "61", "-3", "five", "5", "5.5", "１００", "9" * 6):
        answer = client.post(page, form_of(cast, "rule/pause_day_minutes") | {"value": wrong})
        assert answer.status_code == 200
        assert "pause_day_minutes" not in text(answer.content)
    assert not Motion.objects.exists()


def test_form_sent_twice_is_one_proposal(cast: Cast) -> None:
    client, form = client_of(cast.heron), form_of(cast, "free")
    answers = [client.post(f"{C}propose/free/", form)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Motion.objects.count() == 1


def test_return_is_asked_by_whoever_knows_of_it_and_tells_nobody_why_somebody_is_away(cast: Cast) -> None:
    form = {"words": "Welcome back", "form_key": str(uuid4())}
    officer, member = client_of(cast.wren), client_of(cast.heron)
    for away in ("hazel", "sorrel", "bramble", "thorn"):
        answer = member.post(f"{C}propose/return/", form | {"about": str(cast[away].pk)})
        assert answer.status_code == 200
        assert cast[away].display_name not in text(member.get(f"{C}propose/return/").content)
    offered = text(officer.get(f"{C}propose/return/").content)
    assert [name for name in ("Hazel", "Sorrel", "Bramble", "Thorn") if name in offered] == ["Bramble", "Thorn"]
    assert officer.post(f"{C}propose/return/", form | {"about": str(cast.thorn.pk)}).status_code == 302


def test_words_that_a_person_should_look_at_are_not_shown_until_then(cast: Cast) -> None:
    on_duty(cast.wren)
    motion = proposed(cast.heron, "free", title=f"Title {HELD}", words="Hard words")
    page = f"{C}motions/{motion.pk}/"
    own = read(cast, "heron", page)
    assert "Your words wait for a person to look" in own
    assert "Wren is on duty" in own
    for other in ("fern", "moss"):
        shown = read(cast, other, page) + read(cast, other, f"{C}votes/")
        assert "Hard words" not in shown
        assert HELD not in shown
    assert "Hard words" in read(cast, "ash", f"{page}words/why/look/")
    assert client_of(cast.fern).get(f"{page}words/why/look/").status_code == 404
    answer = client_of(cast.ash).post(f"{page}words/why/look/", {"verb": "release", "version": "1", "words": ""})
    assert answer.status_code == 302
    assert "Hard words" in read(cast, "fern", page)


def test_words_given_back_are_written_anew_by_their_writer(cast: Cast) -> None:
    motion = proposed(cast.heron, "free", words=f"Hard words {HELD}")
    page = f"{C}motions/{motion.pk}/"
    form = {"verb": "return", "version": "1", "words": "Please without the detail."}
    client_of(cast.ash).post(f"{page}words/why/look/", form)
    assert "Please without the detail." in read(cast, "heron", page)
    assert "Hard words" not in read(cast, "fern", page)
    client_of(cast.heron).post(f"{page}words/why/", {"words": "Softer words"})
    assert "Softer words" in read(cast, "fern", page)
    assert client_of(cast.heron).post(f"{page}words/why/", {"words": "Others"}).status_code == 404


def test_words_are_looked_at_by_nobody_whom_they_concern(cast: Cast) -> None:
    motion = proposed(cast.ash, "recall", about=cast.wren, words=f"Hard words {HELD}")
    look = f"{C}motions/{motion.pk}/words/why/look/"
    assert "Hard words" not in read(cast, "wren", f"{C}motions/{motion.pk}/")
    assert [client_of(cast[who]).get(look).status_code for who in ("wren", "ash", "juniper")] == [404, 404, 200]
    form = {"verb": "release", "version": "1", "words": ""}
    answers = [client_of(cast[who]).post(look, form).status_code for who in ("wren", "ash", "juniper")]
    assert answers == [404, 404, 302]


def test_words_that_wait_are_read_in_office_only_with_the_second_step_given(cast: Cast) -> None:
    motion = proposed(cast.heron, "free", words=f"Hard words {HELD}")
    page = f"{C}motions/{motion.pk}/"
    without = client_of(cast.ash, second_factor=False)
    for path in (page, f"{C}votes/", f"{page}words/why/look/"):
        assert "Hard words" not in without.get(path, follow=True).content.decode()
    assert "Hard words" in read(cast, "ash", f"{page}words/why/look/")


@pytest.mark.parametrize(("asker", "other"), [("heron", "ash"), ("ash", "heron")])
def test_words_of_somebody_one_is_kept_apart_from_are_for_others_to_look_at(cast: Cast, asker: str, other: str) -> None:
    kept(cast, asker, other)
    motion = proposed(cast.heron, "free", words=f"Hard words {HELD}")
    look = f"{C}motions/{motion.pk}/words/why/look/"
    assert not Notice.objects.filter(person=cast.ash.person, kind="motion_words").exists()
    assert Notice.objects.filter(person=cast.juniper.person, kind="motion_words").exists()
    assert "Hard words" not in client_of(cast.ash).get(look).content.decode()
    client_of(cast.ash).post(look, {"verb": "return", "version": "1", "words": ""})
    assert MotionWords.objects.get().state == "held"
    assert "Hard words" in read(cast, "juniper", look)


def test_look_at_words_that_changed_meanwhile_is_refused_and_the_new_ones_wait(cast: Cast) -> None:
    motion = about_moss(cast)
    write_words(motion=motion, part=Part.OWN, by=cast.moss, written={"text": f"First {HELD}"})
    write_words(motion=motion, part=Part.OWN, by=cast.moss, written={"text": f"Second {HELD}"})
    look = f"{C}motions/{motion.pk}/words/own/look/"
    answer = client_of(cast.wren).post(look, {"verb": "release", "version": "1", "words": ""})
    assert answer.status_code == 409
    assert MotionWords.objects.get(part="own").state == "held"


def test_own_words_change_until_the_close_and_not_after_it(cast: Cast, votes: Votes) -> None:
    motion = about_moss(cast)
    page = f"{C}motions/{motion.pk}/words/own/"
    assert client_of(cast.moss).post(page, {"words": "First"}).status_code == 302
    votes.opened(motion)
    assert client_of(cast.moss).post(page, {"words": "Second"}).status_code == 302
    votes.closed(motion)
    assert client_of(cast.moss).post(page, {"words": "Third"}).status_code == 404
    assert MotionWords.objects.get(part="own").text == "Second"


def test_pages_open_and_close_a_vote_while_no_job_runs(cast: Cast, time_machine: TimeMachineFixture) -> None:
    motion = proposed(cast.heron)
    time_machine.shift(timedelta(days=3))
    assert "Vote now" in read(cast, "fern", f"{C}motions/{motion.pk}/")
    time_machine.shift(timedelta(days=7))
    assert "Too few voted for it to count" in read(cast, "fern", f"{C}motions/{motion.pk}/")


def test_overview_says_what_one_can_vote_on(cast: Cast, votes: Votes) -> None:
    motion = votes.opened(proposed(cast.heron))
    assert "you can vote" in read(cast, "fern", f"{C}votes/")
    client_of(cast.fern).post(f"{C}votes/{motion.poll.pk}/", {"option": "00"})
    assert "you have voted" in read(cast, "fern", f"{C}votes/")
    assert "A walk each Friday" in read(cast, "fern", f"{C}votes/{motion.poll.pk}/")
    votes.closed(motion)
    assert "What was decided A walk each Friday" in read(cast, "fern", f"{C}votes/")


def spent(cast: Cast, path: str) -> int:
    client = client_of(cast.fern)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["votes/", "motions/{pk}/", "propose/", "propose/suspension/", "propose/rule/"])
def test_pages_cost_the_same_few_queries_at_any_number_of_votes(
    cast: Cast, votes: Votes, page: str, time_machine: TimeMachineFixture
) -> None:
    rounds = []
    for many in (1, 3):
        motions = [proposed(cast[who]) for who in ("wren", "ash", "moss") for _ in range(many)]
        votes.opened(motions[0])
        votes.closed(motions[0])
        motions = [proposed(cast[who]) for who in ("wren", "ash", "moss") for _ in range(many)]
        last = votes.opened(motions[0])
        proposed(cast.clover)
        rounds.append(spent(cast, f"{C}{page.format(pk=last.pk)}"))
        time_machine.shift(timedelta(days=8))
        votes.closed(last)
    assert rounds[1] <= rounds[0] <= 15, rounds


def test_every_form_has_its_page(cast: Cast) -> None:
    page = client_of(cast.heron).get(f"{C}propose/").content.decode()
    assert [kind for kind in FORMS if f"{C}propose/{kind}/" not in page] == []


def test_menu_says_how_many_one_has_not_voted_on(cast: Cast, votes: Votes) -> None:
    motion, other = proposed(cast.heron), proposed(cast.wren)
    votes.opened(motion)
    seen = []
    for voted in (None, motion, other):
        if voted:
            client_of(cast.fern).post(f"{C}votes/{fresh(voted).poll.pk}/", {"option": "01"})
        page = client_of(cast.fern).get(C).content.decode()
        seen.append(re.search(r'data-count="votes"( hidden)?><span>(\d)', page).groups())
    assert seen == [(None, "2"), (None, "1"), (" hidden", "0")]


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "thorn"])
def test_menu_leads_nobody_to_votes_who_does_not_take_part(cast: Cast, who: str) -> None:
    assert f"{C}votes/" not in client_of(cast[who]).get(C).content.decode()


def test_whoever_it_is_about_finds_it_from_their_front_page(cast: Cast) -> None:
    motion = a_motion(cast.heron, cast.finch, kind="admission")
    assert f"{C}motions/{motion.pk}/" in client_of(cast.finch).get(C).content.decode()
    assert client_of(cast.finch).get(f"{C}motions/{motion.pk}/").status_code == 200
    for key in ("hazel", "sorrel", "dale"):
        assert f"{C}motions/" not in client_of(cast[key]).get(C).content.decode()
