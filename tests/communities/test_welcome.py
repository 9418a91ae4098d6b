"""The welcome: shown by itself once, six short screens, in words for whoever reads it; and the break's one button."""

import importlib
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

import clock
from communities.models import Membership, Rule
from tests.cast import Cast, client_of
from tests.communities.said import words
from tests.docs.test_papers import school_year

C = "/c/fellside/"
SCREENS = [f"{C}welcome/{number}/" for number in range(1, 7)]


def new_here(member: Membership) -> Client:
    """Somebody who has not been shown the welcome yet."""
    Membership.objects.filter(pk=member.pk).update(welcomed_at=None)
    return client_of(member)


@pytest.mark.parametrize("who", ["heron", "finch", "dale"])
def test_first_visit_is_led_to_the_welcome_and_the_second_is_not(cast: Cast, who: str) -> None:
    client = new_here(cast[who])
    assert client.get(C)["Location"] == SCREENS[0]
    assert client.get(C).status_code == 302  # not shown yet: on a bad line the page may never have come
    assert client.get(SCREENS[0]).status_code == 200
    assert client.get(C).status_code == 200
    assert Membership.objects.get(pk=cast[who].pk).welcomed_at is not None


def test_time_of_the_first_showing_stays(cast: Cast) -> None:
    client = new_here(cast.heron)
    client.get(SCREENS[0])
    first = Membership.objects.get(pk=cast.heron.pk).welcomed_at
    client.get(SCREENS[1])
    assert Membership.objects.get(pk=cast.heron.pk).welcomed_at == first


@pytest.mark.parametrize("page", ["board/", "notices/", "rules/", "break/"])
def test_no_other_page_is_stopped_by_it(cast: Cast, page: str) -> None:
    address = "/notices/" if page == "notices/" else f"{C}{page}"
    assert new_here(cast.heron).get(address).status_code == 200


@pytest.mark.parametrize("who", ["hazel", "sorrel", "bramble", "thorn"])
def test_nobody_who_is_away_is_led_round(cast: Cast, who: str) -> None:
    assert new_here(cast[who]).get(C).status_code == 200


def test_screens_lead_on_and_back_and_each_but_the_last_can_be_skipped(cast: Cast) -> None:
    client = client_of(cast.heron)
    for place, address in enumerate(SCREENS):
        page = client.get(address).content.decode()
        # What comes after its own words follows the counts in the menu, on every page of a community.
        main = page[page.index("<main") : page.index("</main>")].partition('id="live"')[0]
        assert f"{place + 1} of 6" in main
        assert "<script" not in main
        assert "<form" not in main
        for neighbour in (place - 1, place + 1):
            assert (f'href="{C}welcome/{neighbour + 1}/"' in main) == (0 <= neighbour < 6)
        assert ("Skip this" in main) == (place < 5)
        assert f'href="{C}"' in main
    assert client.get(f"{C}welcome/7/").status_code == 404
    assert client.get(f"{C}welcome/0/").status_code == 404


def test_whole_welcome_has_every_screen_and_is_linked(cast: Cast) -> None:
    client = client_of(cast.heron)
    whole = client.get(f"{C}welcome/").content.decode()
    for address in SCREENS:
        title = re.search(r"<h1>(.+?)</h1>", client.get(address).content.decode())
        assert title
        assert f"<h2>{title[1]}</h2>" in whole
    for page in (C, f"{C}rules/"):
        assert f'href="{C}welcome/"' in client.get(page).content.decode()


def test_words_follow_the_communitys_rules(cast: Cast) -> None:
    for key, value in (("pause_day_minutes", 7), ("pause_night_minutes", 33)):
        Rule.objects.create(community=cast.fellside, key=key, value=value, since=clock.now())
    page = words(client_of(cast.heron).get(f"{C}welcome/"))
    assert "7 minutes by day and 33 at night" in page
    assert "day therapeutic community" in page
    assert "service user network" in words(client_of(cast.teal).get("/c/riverside/welcome/"))
    assert "Wren, Top Three" in page


@pytest.mark.parametrize(
    ("who", "says", "never"),
    [
        ("heron", "You can write at any hour", "You are new"),
        ("finch", "when two people have said that you are a member", "Press “Report” below it"),
        ("dale", "You are here as staff", "You can take a break"),
    ],
)
def test_words_follow_the_readers_standing(cast: Cast, who: str, says: str, never: str) -> None:
    page = words(client_of(cast[who]).get(f"{C}welcome/"))
    assert says in page
    assert never not in page


def test_each_screen_is_short_and_easy_to_read(cast: Cast) -> None:
    # As the guides: sentences and words of a child of ten, and no more than one reads on a phone at a stretch.
    client = client_of(cast.heron)
    for address in SCREENS:
        page = client.get(address).content.decode()
        text = re.search(r'<div class="aloud">(.+?)<div class="actions">', page, re.S)
        assert text
        plain = re.sub(r"<[^>]+>", " ", re.sub(r"</(p|li)>", "\n\n", text[1]))
        assert school_year(plain) <= 6.5, address
        assert len(plain.split()) <= 230, address


def test_upgrade_leads_nobody_round_who_was_here_before_and_everybody_who_comes_after(cast: Cast) -> None:
    Membership.objects.update(welcomed_at=None)
    shown = clock.now() - timedelta(days=1)
    Membership.objects.filter(pk=cast.heron.pk).update(welcomed_at=shown)
    migration = importlib.import_module("communities.migrations.0002_welcomed")
    migration.welcomed_already(apps, None)
    assert not Membership.objects.filter(welcomed_at=None).exists()
    assert Membership.objects.get(pk=cast.heron.pk).welcomed_at == shown
    field = Membership._meta.get_field("welcomed_at")
    # The release before adds members without naming it, while both run.
    assert field.null
    assert not field.has_default()


def test_welcome_costs_few_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.heron)
    for address in (SCREENS[2], f"{C}welcome/"):
        with django_assert_max_num_queries(12):
            client.get(address)


# The break: one button and a second look, from the front page and from one's own page.


def test_break_is_one_link_and_one_button_from_front_page_and_own_page(cast: Cast) -> None:
    client = client_of(cast.heron)
    for page in (C, "/"):
        assert f'href="{C}break/"' in client.get(page).content.decode()
    look = client.get(f"{C}break/").content.decode()
    main = look[look.index("<main") : look.index("</main>")]
    assert main.count("<button") == 1
    assert f'href="{C}waiting/"' in main
    client.post(f"{C}break/", {"verb": "begin"})
    for page in (C, f"{C}break/"):
        assert "I am back" in client.get(page).content.decode()
    assert f'href="{C}break/"' in client.get("/").content.decode()
    client.post(f"{C}break/", {"verb": "end"})
    assert Membership.objects.get(pk=cast.heron.pk).state == "active"
