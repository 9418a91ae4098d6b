"""The community's own pages, as each person meets them."""

import re

import pytest
from django.test import Client

from communities.lifecycle import State
from communities.models import Invitation, Membership, SelfReferral
from communities.services import propose_invitation
from tests.cast import Cast, client_of, on_duty
from tests.communities.said import words

# Who gets which page (domain, section 5). Everybody else: 404, the same as if it were not there.
HERE = "wren ash juniper rowan linden heron moss fern clover finch hazel sorrel bramble dale glen"
READERS = {
    "rules/": HERE,
    "people/": "wren ash juniper rowan linden heron moss fern clover bramble dale glen",
    "invitations/": "wren ash juniper rowan linden heron moss fern clover bramble",
    "admissions/": "wren ash juniper",
    "hours/": "wren ash juniper rowan dale glen",
    "way-back/": "wren ash juniper dale glen",
    "break/": "wren ash juniper rowan linden heron moss fern clover finch hazel sorrel bramble thorn",
}
ACTIONS = ("invitations/1/link/", "invitations/1/withdraw/", "admissions/1/", "hours/1/remove/", "way-back/1/")


@pytest.mark.parametrize("page", sorted(READERS))
def test_page_is_there_for_whom_it_is_and_missing_for_everybody_else(cast: Cast, page: str) -> None:
    readers = set()
    for name, member in cast.everybody.items():
        if name == "pebble":  # the same person as Moss
            continue
        status = client_of(member).get(f"/c/fellside/{page}").status_code
        assert status in {200, 404}, name
        readers |= {name} if status == 200 else set()
    assert readers == set(READERS[page].split())


@pytest.mark.parametrize("page", [*READERS, *ACTIONS])
def test_signed_out_is_sent_to_sign_in(db: None, page: str) -> None:
    response = Client().get(f"/c/fellside/{page}")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", ACTIONS)
def test_action_of_another_communitys_officer_is_missing(cast: Cast, page: str) -> None:
    assert client_of(cast.otter).post(f"/c/fellside/{page}").status_code == 404
    assert client_of(cast.wren).get(f"/c/fellside/{page}").status_code == 405


def test_rules_page_says_who_when_why_and_the_seal(cast: Cast) -> None:
    propose_invitation(by=cast.heron, label="a friend")
    on_duty(cast.wren, 0)
    on_duty(cast.dale, 2)
    response = client_of(cast.finch).get("/c/fellside/rules/")
    said = words(response)
    for expected in (
        "Wren",
        "Top Three, until",
        "Rowan",
        "all day",
        "Dale",
        "Why:",
        "3 seats",
        "The page “How we run this place”",
    ):
        assert expected in said
    assert re.search(r"\b[0-9a-f]{64}\b", said)
    assert "founding weeks" not in said


def test_rules_page_explains_the_founding_weeks(cast: Cast) -> None:
    said = words(client_of(cast.avocet).get("/c/riverside/rules/"))
    assert "founding weeks" in said
    assert "until members have chosen" in said


def test_rules_page_costs_a_constant_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for member in (cast.wren, cast.ash, cast.juniper, cast.rowan, cast.dale):
        on_duty(member)
    client = client_of(cast.heron)
    with django_assert_max_num_queries(14):
        client.get("/c/fellside/rules/")
    with django_assert_max_num_queries(9):
        client.get("/c/fellside/people/")


def test_people_page_never_says_why_somebody_is_away(cast: Cast) -> None:
    response = client_of(cast.heron).get("/c/fellside/people/")
    body = response.content.decode()
    lines = {name: next(line for line in body.splitlines() if name in line) for name in ("Hazel", "Sorrel", "Thorn")}
    assert {line.replace(name, "") for name, line in lines.items()} == {lines["Hazel"].replace("Hazel", "")}
    assert "away" in lines["Hazel"]
    assert "Willow" not in body
    assert not re.search("suspend|inactive|break", words(response).replace("Take a break", ""))


def test_somebodys_page_says_what_they_do_and_where_a_worry_goes(cast: Cast) -> None:
    heron = client_of(cast.heron)
    page = f"/c/fellside/people/{cast.wren.pk}/"
    assert page in heron.get("/c/fellside/people/").content.decode()
    assert "/report/person/" not in heron.get("/c/fellside/people/").content.decode()
    said = words(heron.get(page))
    assert "Top Three, until" in said
    assert f"/c/fellside/report/person/{cast.wren.pk}/" in heron.get(page).content.decode()
    assert "If something is hard" not in words(client_of(cast.dale).get(page))
    assert "If something is hard" not in words(client_of(cast.wren).get(page))


def test_somebodys_page_never_says_why_they_are_away_and_is_of_ones_own_community(cast: Cast) -> None:
    heron = client_of(cast.heron)
    away = ("hazel", "sorrel", "thorn")
    mains = [words(heron.get(f"/c/fellside/people/{cast[key].pk}/")).partition("Around this place")[0] for key in away]
    plain = {main.replace(key.capitalize(), "") for key, main in zip(away, mains, strict=True)}
    assert len(plain) == 1
    for key in ("willow", "otter", "marsh"):
        assert heron.get(f"/c/fellside/people/{cast[key].pk}/").status_code == 404
    for key in ("finch", "hazel", "sorrel", "thorn", "otter"):
        assert client_of(cast[key]).get(f"/c/fellside/people/{cast.wren.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["finch", "hazel", "sorrel", "bramble", "thorn", "dale"])
def test_front_page_says_kindly_how_it_stands_and_what_next(cast: Cast, name: str) -> None:
    response = client_of(cast[name]).get("/c/fellside/")
    assert response.status_code == 200
    said = words(response)
    expected = {
        "finch": "Others say yes",
        "hazel": "I am back",
        "sorrel": "How to come back",
        "bramble": "ask to come back at once",
        "thorn": "ask to come back at once",
        "dale": "The board belongs to the members",
    }
    assert expected[name] in said


def test_break_begins_and_ends_with_a_button(cast: Cast) -> None:
    client = client_of(cast.heron)
    assert "Begin my break" in words(client.get("/c/fellside/break/"))
    client.post("/c/fellside/break/", {"verb": "begin"})
    assert Membership.objects.get(pk=cast.heron.pk).state == State.ON_A_BREAK
    client.post("/c/fellside/break/", {"verb": "end"})
    assert Membership.objects.get(pk=cast.heron.pk).state == State.ACTIVE


@pytest.mark.parametrize(("name", "verb"), [("finch", "begin"), ("thorn", "end"), ("sorrel", "end"), ("heron", "end")])
def test_break_button_is_no_way_round_a_state(cast: Cast, name: str, verb: str) -> None:
    before = cast[name].state
    assert client_of(cast[name]).post("/c/fellside/break/", {"verb": verb}).status_code == 409
    assert Membership.objects.get(pk=cast[name].pk).state == before


def test_invitation_is_proposed_made_shown_once_and_taken_back(cast: Cast) -> None:
    client_of(cast.heron).post("/c/fellside/invitations/", {"label": "a tall neighbour"})
    invitation = Invitation.objects.get()
    top = client_of(cast.wren)
    assert "a tall neighbour" in words(top.get("/c/fellside/invitations/"))
    made = top.post(f"/c/fellside/invitations/{invitation.pk}/link/")
    link = re.search(r"http://testserver(/join/[^/]+/)", made.content.decode())[1]
    assert link not in top.get("/c/fellside/invitations/").content.decode()
    assert "Fellside Day Community" in words(Client().get(link))
    assert client_of(cast.heron).post(f"/c/fellside/invitations/{invitation.pk}/withdraw/").status_code == 302
    gone = Client().get(link)
    assert gone.status_code == 404
    assert "does not open anything any more" in words(gone)
    assert "here is who to ring or text" in words(gone)


def test_proposal_is_seen_by_its_proposer_and_the_top_three_only(cast: Cast) -> None:
    propose_invitation(by=cast.heron, label="a tall neighbour")
    seen = {
        name
        for name in ("wren", "heron", "moss", "rowan", "bramble")
        if "a tall neighbour" in words(client_of(cast[name]).get("/c/fellside/invitations/"))
    }
    assert seen == {"wren", "heron"}


def test_second_step_is_asked_for_with_a_way_to_give_it(cast: Cast) -> None:
    invitation = propose_invitation(by=cast.heron, label="a friend")
    response = client_of(cast.wren, second_factor=False).post(
        f"/c/fellside/invitations/{invitation.pk}/link/",
        headers={"referer": "http://testserver/c/fellside/invitations/"},
    )
    assert response.status_code == 403
    # Back to the page with the button; the address the form went to has no page of its own.
    assert "/accounts/second-step/?next=%2Fc%2Ffellside%2Finvitations%2F" in response.content.decode()


def test_open_link_is_shown_to_members_and_renewed_by_caretakers(cast: Cast) -> None:
    token = SelfReferral.objects.get(community=cast.riverside).token
    assert token in client_of(cast.teal).get("/c/riverside/invitations/").content.decode()
    assert "open link" not in words(client_of(cast.heron).get("/c/fellside/invitations/"))
    assert client_of(cast.teal).post("/c/riverside/invitations/open-link/").status_code == 403
    assert client_of(cast.otter).post("/c/riverside/invitations/open-link/").status_code == 302
    assert SelfReferral.objects.get(community=cast.riverside, ended_at=None).token != token


@pytest.mark.usefixtures("by_two")
def test_admission_shows_how_far_it_has_come(cast: Cast) -> None:
    wren, ash = client_of(cast.wren), client_of(cast.ash)
    assert "A selection day" in words(wren.get("/c/fellside/admissions/"))
    wren.post(f"/c/fellside/admissions/{cast.finch.pk}/")
    assert "You have said yes" in words(wren.get("/c/fellside/admissions/"))
    assert "One of two has said yes : Wren" in re.sub(r"\s+", " ", words(ash.get("/c/fellside/admissions/")))
    ash.post(f"/c/fellside/admissions/{cast.finch.pk}/")
    assert Membership.objects.get(pk=cast.finch.pk).state == State.ACTIVE
    assert "Nobody is waiting" in words(ash.get("/c/fellside/admissions/"))


def test_hours_are_added_on_several_days_once_and_taken_out(cast: Cast) -> None:
    client = client_of(cast.wren)
    form = {"days": ["0", "4"], "starts": "22:30", "ends": "01:00"}
    client.post("/c/fellside/hours/", form)
    client.post("/c/fellside/hours/", form)
    assert cast.wren.hours.count() == 2
    assert "10:30 pm to 1 am the next day" in words(client.get("/c/fellside/hours/"))
    client.post(f"/c/fellside/hours/{cast.wren.hours.first().pk}/remove/")
    assert cast.wren.hours.get().weekday == 4
    on_duty(cast.ash, 1)
    client.post(f"/c/fellside/hours/{cast.ash.hours.get().pk}/remove/")
    assert cast.ash.hours.count() == 1


def test_hours_form_says_what_is_missing(cast: Cast) -> None:
    said = words(client_of(cast.wren).post("/c/fellside/hours/", {"starts": "soon"}))
    assert "Please tick at least one day." in said


def test_way_back_is_begun_by_one_and_confirmed_by_the_other(cast: Cast) -> None:
    wren, dale = client_of(cast.wren), client_of(cast.dale)
    wren.post("/c/fellside/way-back/", {"who": cast.heron.pk})
    assert "Heron is with me" not in words(wren.get("/c/fellside/way-back/"))
    page = dale.get("/c/fellside/way-back/").content.decode()
    action = re.search(r"/c/fellside/way-back/\d+/", page)[0]
    link = re.search(r"http://testserver(/accounts/way-back/[^/]+/)", dale.post(action).content.decode())[1]
    assert Client().get(link).status_code == 200
    assert dale.post(action).status_code == 409
    assert client_of(cast.marsh).post(action.replace("fellside", "riverside")).status_code == 404


def test_way_back_form_knows_only_this_communitys_people(cast: Cast) -> None:
    response = client_of(cast.wren).post("/c/fellside/way-back/", {"who": cast.otter.pk})
    assert response.status_code == 200
    assert "One more look, please" in words(response)


@pytest.mark.parametrize("name", ["wren", "heron", "finch", "hazel", "sorrel", "bramble", "thorn", "dale", "otter"])
def test_no_link_of_ones_own_pages_leads_nowhere(cast: Cast, name: str) -> None:
    client, slug = client_of(cast[name]), cast[name].community.slug
    seen, ahead = set(), {f"/c/{slug}/", "/"}
    while ahead:
        page = ahead.pop()
        seen.add(page)
        response = client.get(page)
        assert response.status_code in {200, 302}, page
        if page.startswith((f"/c/{slug}/", "/notices/")) or page == "/":
            links = set(re.findall(r'<a[^>]* href="(/[^"#?]*)', response.content.decode()))
            ahead |= {link for link in links if not link.startswith("/static/")} - seen
