"""`peernet community`, as an operator types it."""

import json
import re

import pytest
from django.test import Client

from communities.models import Community
from communities.queries import rules_of
from communities.services import join
from peernet.cli import main
from tests.cast import Cast

START = ["community", "create", "Hillside", "--preset", "day_community"]
START += ["--founder", "Ida", "--caretaker", "Bo", "--staff", "nurse"]


def test_create_prints_a_working_link_for_each_of_the_first_people(db: None, capsys, settings) -> None:
    settings.SITE_ADDRESS = "https://peers.example/"
    assert main([*START, "--caretaker", "Cy", "--rule", "seats=4", "--nation", "wales"]) == 0
    printed = capsys.readouterr().out
    links = re.findall(r"https://peers\.example(/join/\S+/)", printed)
    assert len(links) == 4
    assert "https://peers.example/c/hillside/" in printed
    assert all(Client().get(link).status_code == 200 for link in links)
    community = Community.objects.get()
    assert (rules_of(community).seats, community.nation) == (4, "wales")


def test_create_as_json_has_the_open_link_where_the_preset_has_one(db: None, capsys) -> None:
    assert main(["community", "create", "Net", "--preset", "service_user_network", *START[5:], "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [one["as"] for one in shown["links"]] == ["caretaker", "caretaker", "staff"]
    assert "/join/" in shown["open_link"]
    assert main([*START, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open_link"] == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--rule", "seats=9"], "seats"),
        (["--rule", "colour=red"], "There are: absence_counts"),
        (["--nation", "atlantis"], "northern_ireland"),
        (["--preset", "club"], "crisis_house"),
        (["--caretaker", "c", "--caretaker", "d", "--caretaker", "e", "--caretaker", "f"], "one to four"),
    ],
)
def test_wrong_input_is_said_in_one_line_and_leaves_nothing(db: None, capsys, more: list[str], said: str) -> None:
    assert main([*START, *more]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert not Community.objects.exists()


@pytest.mark.parametrize("more", [["--rule", "seats"], ["--colour", "red"]])
def test_command_that_cannot_be_read_ends_with_two(db: None, capsys, more: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*START, *more])
    assert ended.value.code == 2


def test_rule_is_set_until_there_are_members(db: None, capsys) -> None:
    main([*START, "--json"])
    link = json.loads(capsys.readouterr().out)["links"][0]["link"]
    rule = ["community", "rule", "hillside", "seats=5", "--reason", "We are many."]
    assert main(rule) == 0
    assert rules_of(Community.objects.get()).seats == 5
    form = {"display_name": "Ida", "password": "a long enough one", "over_18": "on"}
    assert Client().post(re.search("/join/.*", link)[0], form).status_code == 302
    assert main(rule) == 2
    assert "by their vote" in capsys.readouterr().err
    assert main(["community", "rule", "nowhere", "seats=5", "--reason", "x"]) == 2


def test_first_links_nobody_has_used_are_made_anew(cast: Cast, capsys) -> None:
    main([*START, "--json"])
    old = [re.search("/join/.*", one["link"])[0] for one in json.loads(capsys.readouterr().out)["links"]]
    form = {"display_name": "Ida", "password": "a long enough one", "over_18": "on"}
    Client().post(old[0], form)
    assert main(["community", "links", "hillside", "--json"]) == 0
    fresh = json.loads(capsys.readouterr().out)["links"]
    assert [one["for"] for one in fresh] == ["Bo", "nurse"]
    assert [Client().get(link).status_code for link in old] == [404, 404, 404]
    assert all(Client().get(re.search("/join/.*", one["link"])[0]).status_code == 200 for one in fresh)


def test_one_more_of_staff_comes_in_by_a_link_of_the_operator(cast: Cast, capsys) -> None:
    assert main(["community", "staff", "fellside", "the new nurse", "--json"]) == 0
    (link,) = json.loads(capsys.readouterr().out)["links"]
    assert link["as"] == "staff"
    person = cast.stranger
    token = link["link"].rstrip("/").rsplit("/", 1)[1]
    joined = join(token=token, person=person, display_name="Nurse Ivy")
    assert (joined.is_staff, joined.state, joined.community) == (True, "active", cast.fellside)
