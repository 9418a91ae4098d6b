"""Rules as data: presets, values, history, and who may set them when (domain, section 2)."""

import pytest
from django.core.exceptions import ValidationError

import clock
from audit.models import Entry
from communities import rules
from communities.models import Community, Invitation, RuleChange
from communities.queries import rules_of, rules_shown
from communities.services import create_community, join, set_rule
from tests.cast import Cast

START = {"preset": "day_community", "founder": "Ida", "caretakers": ["Bo"], "staff": "the nurse"}


def start(**changed: object) -> Community:
    return create_community(**{"name": "Hillside", **START, **changed}).community


@pytest.mark.parametrize("preset", sorted(rules.PRESETS))
@pytest.mark.parametrize("key", sorted(rules.KINDS))
def test_every_rule_has_a_value_a_sentence_and_a_reason_in_every_preset(preset: str, key: str) -> None:
    kind = rules.KINDS[key]
    value = kind.values[preset]
    assert kind.check(value)
    assert len(kind.says(value)) > 1
    assert str(kind.title)
    assert str(kind.reason).endswith(".")


@pytest.mark.parametrize(
    ("preset", "self_referral", "admission"),
    [
        ("day_community", False, "selection_day"),
        ("service_user_network", True, "plan_reviewed"),
        ("crisis_house", False, "registration"),
    ],
)
def test_presets_are_the_domains(preset: str, self_referral: bool, admission: str) -> None:
    values = {key: kind.values[preset] for key, kind in rules.KINDS.items()}
    assert (values["self_referral"], values["admission"]) == (self_referral, admission)
    assert (values["seats"], values["night_starts"], values["night_ends"]) == (3, "22:00", "07:00")


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("seats", "1"),
        ("seats", "6"),
        ("seats", "three"),
        ("self_referral", "maybe"),
        ("night_starts", "25:00"),
        ("night_starts", "22"),
        ("night_ends", "seven"),
        ("invitation_days", "0"),
        ("admission", "dice"),
    ],
)
def test_value_a_rule_cannot_have_is_turned_away(key: str, written: str) -> None:
    with pytest.raises(ValidationError):
        rules.KINDS[key].parse(written)


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [("seats", "5", 5), ("self_referral", "ON", True), ("night_starts", "9:5", "09:05"), ("invitation_days", "60", 60)],
)
def test_value_is_read_as_its_rule_has_it(key: str, written: str, value: object) -> None:
    assert rules.KINDS[key].parse(written) == value


def test_rules_chosen_at_the_start_hold_with_their_history(db: None) -> None:
    community = start(chosen_rules={"seats": "5"})
    assert rules_of(community).seats == 5
    assert rules_of(community).invitation_days == 14
    shown = {rule.key: rule for rule in rules_shown(community)}
    assert [(change.was, change.became) for change in shown["seats"].history] == [("3 seats", "5 seats")]
    assert shown["seats"].says == "5 seats"
    assert shown["invitation_days"].history == ()
    entry = Entry.objects.get(chain=community.chain, verb="set rule")
    assert entry.facts == '{"new":5,"old":3,"rule":"seats"}'


def test_operator_sets_rules_until_there_is_a_member(cast: Cast) -> None:
    founded = create_community(name="Hillside", **START)
    now = clock.now()
    set_rule(community=founded.community, key="seats", value=4, reason="we are few", decided_by="the operator", now=now)
    shown = next(rule for rule in rules_shown(founded.community) if rule.key == "seats")
    assert (shown.says, shown.reason, shown.since) == ("4 seats", "we are few", now)
    join(token=founded.links[0].token, person=cast.stranger, display_name="Ida")
    with pytest.raises(ValidationError):
        set_rule(community=founded.community, key="seats", value=5, reason="", decided_by="the operator", now=now)
    assert rules_of(founded.community).seats == 4
    assert RuleChange.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"preset": "club"},
        {"caretakers": []},
        {"caretakers": list("abcde")},
        {"chosen_rules": {"colour": "red"}},
        {"chosen_rules": {"seats": "9"}},
        {"nation": "atlantis"},
        {"name": "!!!"},
        {"name": "x" * 81},
        {"staff": ""},
        {"founder": "x" * 61},
    ],
)
def test_start_that_cannot_be_leaves_nothing_behind(db: None, changed: dict) -> None:
    with pytest.raises(ValidationError):
        start(**changed)
    assert not Community.objects.exists()
    assert not Entry.objects.exists()


def test_start_gives_each_of_the_first_people_a_link_of_their_own(db: None) -> None:
    founded = create_community(name="Hill Side", **{**START, "caretakers": ["Bo", "Cy"]})
    ways = [(link.label, link.way) for link in founded.links]
    assert ways == [("Ida", "caretaker"), ("Bo", "caretaker"), ("Cy", "caretaker"), ("the nurse", "staff")]
    assert founded.community.slug == "hill-side"
    assert len({link.token for link in founded.links}) == 4
    assert not any(Invitation.objects.filter(token_hash=link.token).exists() for link in founded.links)


def test_two_communities_never_share_an_address(db: None) -> None:
    start()
    with pytest.raises(ValidationError):
        start()
