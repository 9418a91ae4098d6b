"""A member has died: two of the Top Three with staff; then everything about them rests (domain, section 8)."""

from datetime import timedelta
from itertools import product

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.queries import entries_about, verify
from boards.holds import findings_for
from boards.lifecycle import State as PostState
from boards.models import Post
from boards.mourning import speaks_of_method
from communities.lifecycle import State
from communities.models import Community, Membership, Rule, TermOfOffice
from communities.queries import has_died, rules_of
from moderation.lifecycle import DEATH_STEPS, DeathState
from moderation.models import Death
from moderation.services import begin_death, confirm_death, drop_death
from notices.asking import ask
from notices.models import Notice
from notices.services import tell
from people.decisions import Conflict, Refused
from people.models import Person
from tests.cast import Cast, client_of, sitting_now
from tests.communities.test_keep_apart import kept
from tests.steps import NOON, fresh, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
PAGE = "/c/fellside/moderation/died/"


def begun(cast: Cast, by: str = "wren", about: str = "moss") -> Death:
    return begin_death(membership=cast[about], by=sitting_now(cast[by]))


def confirmed(death: Death, by: Membership) -> bool:
    return confirm_death(death=death, by=sitting_now(by))


def recorded(cast: Cast, about: str = "moss") -> Death:
    death = begun(cast, "wren", about)
    assert [confirmed(death, cast.ash), confirmed(death, cast.dale)] == [False, True]
    return Death.objects.get(pk=death.pk)


@pytest.mark.parametrize(
    ("turns", "states"),
    [
        (("wren", "ash", "dale"), (False, True)),
        (("dale", "wren", "ash"), (False, True)),
        (("wren", "ash", "juniper"), (False, False)),
        (("dale", "glen", "wren"), (False, False)),
        (("wren", "dale", "wren"), (False, False)),
    ],
)
def test_it_takes_two_of_the_top_three_and_one_of_staff(
    cast: Cast, turns: tuple[str, ...], states: tuple[bool, ...]
) -> None:
    death = begun(cast, turns[0])
    assert tuple(confirmed(death, cast[key]) for key in turns[1:]) == states
    assert (Membership.objects.get(pk=cast.moss.pk).state == State.DIED) is states[-1]
    assert Person.objects.get(pk=cast.moss.person_id).is_active is not states[-1]


@pytest.mark.parametrize("by", ["rowan", "linden", "heron", "bramble", "moss", "otter", "marsh"])
def test_nobody_else_says_it(cast: Cast, by: str) -> None:
    with pytest.raises(Refused):
        begun(cast, by)
    death = begun(cast)
    with pytest.raises(Refused):
        confirmed(death, cast[by])
    with pytest.raises(Refused):
        drop_death(death=death, by=sitting_now(cast[by]))


@pytest.mark.parametrize("about", ["wren", "dale", "teal"])
def test_nobody_says_it_of_oneself_of_staff_or_of_another_community(cast: Cast, about: str) -> None:
    with pytest.raises(Refused):
        begun(cast, "wren", about)


@pytest.mark.parametrize("by", ["wren", "dale"])
def test_it_asks_for_the_second_step(cast: Cast, by: str) -> None:
    with pytest.raises(Refused) as refused:
        begin_death(membership=cast.moss, by=cast[by])
    assert refused.value.remedy == "second_step"


def test_a_voice_counts_only_while_its_speaker_is_in_office(cast: Cast) -> None:
    death = begun(cast)
    TermOfOffice.objects.filter(membership=cast.wren).update(ended_at=clock.now())
    assert [confirmed(death, cast.dale), confirmed(death, cast.ash)] == [False, False]
    assert confirmed(death, cast.juniper) is True


def test_everything_rests(cast: Cast) -> None:
    waiting = start(cast.moss, "Not out yet")
    told = tell(person=cast.moss.person, kind="admitted", key="a", path="/", now=clock.now())
    moss = client_of(cast.moss)
    assert moss.get("/c/fellside/").status_code == 200
    recorded(cast)
    assert moss.get("/c/fellside/").status_code == 302
    person = Person.objects.get(pk=cast.moss.person_id)
    assert has_died(person)
    assert person.plan_closed_until > clock.now() + timedelta(days=365 * 50)
    assert not ask(Notice.objects.get(pk=told.pk), way="mail", now=clock.now()).goes
    assert not ask(Notice.objects.get(pk=told.pk), way="push", now=clock.now()).goes
    assert fresh(waiting).state == PostState.TAKEN_BACK
    assert "Moss" not in client_of(cast.heron).get("/c/fellside/people/").content.decode()
    assert [entry.verb for entry in entries_about(cast.fellside.chain, cast.moss.ref)] == ["record death"]
    assert verify() == []


def test_somebody_who_left_may_be_said_to_have_died_and_nobody_mourns_by_rule(cast: Cast) -> None:
    recorded(cast, "willow")
    assert Community.objects.get(pk=cast.fellside.pk).mourning_until is None
    assert has_died(cast.willow.person)


def test_no_notice_says_what_it_is_or_about_whom(cast: Cast) -> None:
    begun(cast)
    kinds = set(Notice.objects.filter(kind="asked_to_confirm").values_list("person_id", flat=True))
    assert kinds == {cast[key].person_id for key in ("ash", "juniper", "dale", "glen")}
    recorded_now = Death.objects.get()
    confirmed(recorded_now, cast.ash)
    confirmed(recorded_now, cast.dale)
    assert not Notice.objects.filter(kind="asked_to_confirm", withdrawn_at=None).exists()


def test_begun_twice_is_one_and_one_may_drop_it(cast: Cast) -> None:
    death = begun(cast)
    assert begun(cast, "ash").pk == death.pk
    drop_death(death=death, by=sitting_now(cast.juniper))
    assert Membership.objects.get(pk=cast.moss.pk).state == State.ACTIVE
    assert begun(cast).pk != death.pk


ALLOWED = {("begun", "record"): "recorded", ("begun", "drop"): "dropped"}


@pytest.mark.parametrize(("state", "verb"), list(product(DeathState.values, DEATH_STEPS)))
def test_every_verb_in_every_state_is_as_the_table_says(cast: Cast, state: str, verb: str) -> None:
    death = begun(cast)
    confirmed(death, cast.ash)
    Death.objects.update(state=state, closed_at=None if state == "begun" else clock.now())
    allowed = (state, verb) in ALLOWED
    try:
        if verb == "drop":
            drop_death(death=death, by=sitting_now(cast.juniper))
        else:
            confirmed(death, cast.dale)
        done = True
    except Conflict:
        done = False
    assert done is allowed
    assert Death.objects.get().state == ALLOWED.get((state, verb), state)


# --- words of method for a while


@pytest.mark.parametrize(
    "text",
    [
        "She took pills and died",
        "He hanged himself",
        "They found the NOOSE",
        "Dead under a train",
        "An overdose, they say",
    ],
)
def test_words_of_method_wait_for_a_while_after_a_death_and_not_before(
    cast: Cast, time_machine: TimeMachineFixture, text: str
) -> None:
    assert fresh(start(cast.heron, text)).state == PostState.ACCEPTED
    recorded(cast)
    held = fresh(start(cast.fern, text))
    assert held.state == PostState.HELD
    assert [found["rule"] for found in held.versions.get().findings] == ["mourning"]
    time_machine.shift(timedelta(days=28))
    assert fresh(start(cast.clover, text)).state == PostState.ACCEPTED


@pytest.mark.parametrize(
    "text", ["I miss her so", "I took the train to town", "My tablets make me tired", "He died last week", ""]
)
def test_plain_grief_and_plain_days_do_not_wait(cast: Cast, text: str) -> None:
    assert speaks_of_method(text) == ""


def test_titles_and_covers_count_and_another_community_is_not_touched(cast: Cast) -> None:
    recorded(cast)
    now, heron = clock.now(), Membership.objects.select_related("community").get(pk=cast.heron.pk)
    asked = {"author": heron, "thread": None, "rules": rules_of(cast.fellside), "now": now}
    assert findings_for(title="The noose", text="Hello", **asked)
    assert findings_for(title="Hello", text="Hello", cover="overdose", **asked)
    assert not findings_for(title="Hello", text="Hello", **asked)
    assert fresh(start(cast.teal, "He hanged himself")).state == PostState.ACCEPTED


def test_the_rule_says_for_how_long_and_nought_is_off(cast: Cast) -> None:
    Rule.objects.create(community=cast.fellside, key="mourning_days", value=0, since=clock.now())
    recorded(cast)
    assert fresh(start(cast.heron, "He hanged himself")).state == PostState.ACCEPTED


# --- what the community meets


def test_more_contacts_stand_on_the_front_page_for_a_while(cast: Cast, time_machine: TimeMachineFixture) -> None:
    front = "/c/fellside/"
    assert "Cruse" not in client_of(cast.heron).get(front).content.decode()
    recorded(cast)
    page = client_of(cast.heron).get(front).content.decode()
    assert "Cruse" in page
    assert "0808 808 1677" in page
    assert "Moss" not in page.split("Around this place")[0]
    assert "Cruse" not in client_of(cast.teal).get("/c/riverside/").content.decode()
    time_machine.shift(timedelta(days=28))
    assert "Cruse" not in client_of(cast.heron).get(front).content.decode()


@pytest.mark.parametrize("stay_open", [True, False])
def test_threads_stay_open_or_are_closed_by_the_communitys_choice(
    cast: Cast, time_machine: TimeMachineFixture, stay_open: bool
) -> None:
    theirs, mine = start(cast.moss, "Mine").thread, start(cast.heron, "Other").thread
    time_machine.shift(timedelta(minutes=6))
    Rule.objects.create(community=cast.fellside, key="memorial_threads_open", value=stay_open, since=clock.now())
    recorded(cast)
    page = client_of(cast.fern).get(f"/c/fellside/board/{theirs.pk}/").content.decode()
    assert "Mine" in page
    assert ('id="reply"' in page) is stay_open
    reply(cast.fern, mine)
    if stay_open:
        reply(cast.fern, theirs)
    else:
        with pytest.raises(Refused):
            reply(cast.fern, theirs)
    assert Post.objects.filter(thread=theirs).count() == 1 + stay_open


# --- its pages


def test_three_say_it_by_their_pages(cast: Cast) -> None:
    wren, ash, dale = (client_of(cast[key]) for key in ("wren", "ash", "dale"))
    assert "so be sure." in wren.get(PAGE).content.decode()
    assert wren.post(PAGE, {"choice": cast.moss.pk}).status_code == 302
    death = Death.objects.get()
    assert "Moss" in ash.get(PAGE).content.decode()
    for client in (ash, dale):
        assert "Yes, I know it too" in client.get(f"{PAGE}{death.pk}/").content.decode()
        assert client.post(f"{PAGE}{death.pk}/", {"verb": "confirm"}).status_code == 302
    assert Membership.objects.get(pk=cast.moss.pk).state == State.DIED
    assert client_of(cast.wren).post(f"{PAGE}{death.pk}/", {"verb": "confirm"}).status_code in {403, 409}


def test_another_communitys_row_is_missing(cast: Cast) -> None:
    death = begin_death(membership=cast.teal, by=sitting_now(cast.otter))
    for who in (cast.wren, cast.dale):
        assert client_of(who).get(f"{PAGE}{death.pk}/").status_code == 404
        assert client_of(who).post(f"{PAGE}{death.pk}/", {"verb": "confirm"}).status_code == 404


@pytest.mark.parametrize(("asker", "other"), [("heron", "ash"), ("ash", "heron")])
def test_whoever_is_kept_apart_from_them_is_asked_nothing(cast: Cast, asker: str, other: str) -> None:
    kept(cast, asker, other)
    death = begin_death(membership=cast.heron, by=sitting_now(cast.wren))
    told = set(Notice.objects.filter(kind="asked_to_confirm").values_list("person_id", flat=True))
    assert cast.juniper.person_id in told
    assert cast.ash.person_id not in told
    assert client_of(cast.ash).get(f"{PAGE}{death.pk}/").status_code == 404
