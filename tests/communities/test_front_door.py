"""The page behind a link, and the home page: how somebody comes in."""

import pytest
from django.test import Client

from communities.lifecycle import State
from communities.models import Membership, SelfReferral
from communities.services import create_community, propose_invitation, send_invitation
from people.models import Person
from tests.cast import Cast, client_of, sitting_now
from tests.communities.said import words

JOIN = {"display_name": "Robin", "password": "a long enough one", "over_18": "on", "nation": "wales"}


def invitation_link(cast: Cast) -> str:
    invitation = propose_invitation(by=cast.heron, label="a friend")
    return f"/join/{send_invitation(invitation=invitation, by=sitting_now(cast.wren))}/"


def test_joining_signs_up_shows_the_codes_and_leads_in(cast: Cast) -> None:
    client = Client()
    link = invitation_link(cast)
    response = client.post(link, JOIN, follow=True)
    assert response.redirect_chain[0][0] == "/accounts/keep-these/?next=%2Fc%2Ffellside%2F"
    # The first visit is led to the welcome; the next one comes to the front page.
    assert client.get("/c/fellside/", follow=True).redirect_chain == [("/c/fellside/welcome/1/", 302)]
    assert client.get("/c/fellside/").status_code == 200
    robin = Membership.objects.get(display_name="Robin")
    assert (robin.state, robin.person.nation) == (State.PROSPECTIVE, "wales")
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"display_name": "Wren"}, "Somebody here has that name"),
        ({"display_name": "W"}, "2 to 40 letters"),
        ({"password": "short"}, "10"),
        ({"over_18": ""}, "18 or over"),
    ],
)
def test_form_that_needs_another_look_keeps_what_was_typed_but_the_password(
    cast: Cast, changed: dict, said: str
) -> None:
    link = invitation_link(cast)
    people = Person.objects.count()
    response = Client().post(link, JOIN | changed)
    assert said in words(response)
    assert "Please type your password again" in words(response)
    assert f'value="{(JOIN | changed)["display_name"]}"' in response.content.decode()
    assert JOIN["password"] not in response.content.decode()
    assert Person.objects.count() == people
    assert Client().get(link).status_code == 200


def test_somebody_signed_in_only_chooses_a_name(cast: Cast) -> None:
    client = client_of(cast.stranger)
    link = invitation_link(cast)
    page = client.get(link).content.decode()
    assert 'name="display_name"' in page
    assert 'name="password"' not in page
    assert client.post(link, {"display_name": "Robin"})["Location"] == "/c/fellside/"


def test_a_member_who_opens_a_link_does_not_use_it_up(cast: Cast) -> None:
    link = invitation_link(cast)
    for request in (client_of(cast.moss).get, client_of(cast.moss).post):
        assert "You are here already" in words(request(link))
    assert Client().get(link).status_code == 200


def test_signing_up_is_limited_by_place(cast: Cast) -> None:
    link = f"/join/{SelfReferral.objects.get(community=cast.riverside).token}/"
    for n in range(20):
        assert Client().post(link, JOIN | {"display_name": f"Robin {n + 10}"}).status_code == 302
    assert Client().post(link, JOIN | {"display_name": "Robin zz"}).status_code == 403


def test_join_page_says_what_each_first_link_is_for(db: None) -> None:
    founded = create_community(name="Hillside", preset="crisis_house", founder="Ida", caretakers=["Bo"], staff="nurse")
    for link in founded.links:
        said = words(Client().get(f"/join/{link.token}/"))
        assert ("One of the caretakers" in said) is (link.way == "caretaker")
        assert ("One of the staff" in said) is (link.way == "staff")


def test_home_names_no_community_to_who_is_outside(cast: Cast) -> None:
    said = words(Client().get("/"))
    assert "Fellside" not in said
    assert "Riverside" not in said
    assert "You come in by a link from your community" in said


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heron", "You are a member."),
        ("finch", "Others have to say yes"),
        ("hazel", "You are on a break."),
        ("thorn", "You can ask to come back sooner"),
        ("willow", "ask somebody there for a new link"),
        ("dale", "You work there."),
    ],
)
def test_home_says_how_one_stands_and_how_to_come_back(cast: Cast, name: str, expected: str) -> None:
    assert expected in words(client_of(cast[name]).get("/"))


def test_home_of_somebody_in_two_communities_shows_both_names(cast: Cast) -> None:
    said = words(client_of(cast.moss).get("/"))
    assert "You are Moss there." in said
    assert "You are Pebble there." in said
