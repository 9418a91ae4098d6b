"""A link for somebody outside: the two halves of it, how it ends, and what it never tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from communities.models import Membership
from crisisplans import link_secrets
from crisisplans.link_words import LinkWords
from crisisplans.models import Look, Opening, OutsideLink
from crisisplans.services import erase_plans, looking
from crisisplans.services.sharing import MadeLink, end_opening
from moderation.services import change_standing
from notices.models import Notice
from peernet.log_lines import plain_path
from people import tries
from people.decisions import Refused
from people.models import Attempt, Person
from tests.cast import Cast, client_of
from tests.crisisplans.opening import CANARY, OPEN_PARTS, SHUT_PART, linked, plan_of, words_in
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def path_of(made: MadeLink) -> str:
    return f"/shared/{made.token}/"


def read(made: MadeLink, code: str | None = None, client: Client | None = None) -> str:
    """What the page says to somebody outside with this code."""
    answer = (client or Client()).post(path_of(made), {"code": made.code if code is None else code})
    return answer.content.decode()


def test_link_and_code_together_show_the_opened_parts_and_nothing_else(cast: Cast) -> None:
    made = linked(cast.heron)
    shown = read(made)
    assert all(words_in(part) in shown for part in OPEN_PARTS)
    assert words_in(SHUT_PART) not in shown
    assert words_in("first step") not in shown
    assert f"{CANARY} top" in shown
    assert f"{CANARY} for" not in shown


def test_page_names_nobody_and_no_place_unless_the_owner_wrote_it(cast: Cast) -> None:
    made = linked(cast.heron, words=LinkWords("my GP"))
    for shown in (Client().get(path_of(made)).content.decode(), read(made)):
        assert not [word for word in ("Heron", "heron", "Fellside", "fellside", "my GP") if word in shown]


@pytest.mark.parametrize("code", ["", "aaaa-aaaa", "' or 1=1", "x" * 5000, "\x00", "ａａａａ"])
def test_link_without_its_code_shows_nothing(cast: Cast, code: str) -> None:
    made = linked(cast.heron)
    assert CANARY not in Client().get(path_of(made)).content.decode()
    assert CANARY not in read(made, code)
    assert not Look.objects.exists()


def test_code_is_read_whatever_its_case_and_dashes_and_fits_its_own_link_only(cast: Cast) -> None:
    first, second = linked(cast.heron), linked(cast.heron)
    assert CANARY in read(first, first.code.upper().replace("-", " "))
    assert CANARY not in read(first, second.code)


def test_every_look_takes_the_code_and_nothing_is_kept_in_the_browser(cast: Cast) -> None:
    made, client = linked(cast.heron), Client()
    assert CANARY in read(made, client=client)
    assert CANARY not in client.get(path_of(made)).content.decode()
    assert "sessionid" not in client.cookies


def test_after_five_wrong_codes_the_right_one_waits_and_is_not_looked_at(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    made = linked(cast.heron)
    client = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(5):
        read(made, "aaaa-aaaa", client)
    answer = client.post(path_of(made), {"code": made.code})
    assert (answer.status_code, CANARY in answer.content.decode()) == (429, False)
    # Somebody else's wrong tries do not keep out the one it is for.
    assert CANARY in read(made, client=Client(REMOTE_ADDR="198.51.100.8"))
    time_machine.shift(timedelta(minutes=5, seconds=1))
    assert CANARY in read(made, client=client)


def test_forged_forwarding_headers_give_no_more_tries(cast: Cast) -> None:
    made = linked(cast.heron)
    statuses = {
        Client(REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
        .post(path_of(made), {"code": "aaaa-aaaa"})
        .status_code
        for n in range(7)
    }
    assert 429 in statuses


def test_one_place_alone_never_uses_up_a_links_tries(cast: Cast) -> None:
    a_day = looking.IN / tries.WINDOW * tries.LIMIT
    assert a_day < looking.TRIES_OF_ALL


def test_from_everywhere_together_a_link_takes_so_many_wrong_codes_a_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "TRIES_OF_ALL", 20)
    made = linked(cast.heron)
    for n in range(20):
        read(made, "aaaa-aaaa", Client(REMOTE_ADDR=f"203.0.{n}.1"))
    answer = Client(REMOTE_ADDR="198.51.100.8").post(path_of(made), {"code": made.code})
    assert (answer.status_code, CANARY in answer.content.decode()) == (429, False)


def test_right_codes_use_up_no_tries(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "TRIES_OF_ALL", 10)
    made, client = linked(cast.heron), Client()
    assert all(CANARY in read(made, client=client) for _ in range(15))


def over(cast: Cast, made: MadeLink, time: TimeMachineFixture) -> None:
    time.shift(timedelta(days=7))


def withdrawn(cast: Cast, made: MadeLink, time: TimeMachineFixture) -> None:
    end_opening(person=cast.heron.person, pk=made.opening.pk)


def died(cast: Cast, made: MadeLink, time: TimeMachineFixture) -> None:
    change_standing(membership=cast.heron, verb="record_death", by="test")


def erased(cast: Cast, made: MadeLink, time: TimeMachineFixture) -> None:
    erase_plans(person=cast.heron.person)


def owner_closed(cast: Cast, made: MadeLink, time: TimeMachineFixture) -> None:
    cast.heron.person.is_active = False
    cast.heron.person.save()


@pytest.mark.parametrize("ends", [over, withdrawn, died, erased, owner_closed], ids=lambda ends: ends.__name__)
def test_a_link_that_is_over_looks_like_one_that_never_was(
    cast: Cast, time_machine: TimeMachineFixture, ends: Callable[..., None]
) -> None:
    made, client = linked(cast.heron), Client()
    assert CANARY in read(made, client=client)
    ends(cast, made, time_machine)
    never = client.get(f"/shared/{'a' * 64}/")
    for answer in (client.get(path_of(made)), client.post(path_of(made), {"code": made.code})):
        assert (answer.status_code, never.status_code) == (404, 404)
        assert answer.content == client.get(f"/shared/{'a' * 64}/").content


def test_leaving_a_community_keeps_the_link_for_the_plan_is_the_persons(cast: Cast) -> None:
    made = linked(cast.heron)
    change_standing(membership=cast.heron, verb="leave", by="test")
    assert CANARY in read(made)


def test_neither_half_is_kept_and_the_database_alone_makes_neither(cast: Cast) -> None:
    made = linked(cast.heron)
    kept = str(list(OutsideLink.objects.values())) + str(list(Opening.objects.values()))
    kept += str(list(Entry.objects.values())) + str(list(Notice.objects.values())) + str(list(Attempt.objects.values()))
    bare = made.code.replace("-", "")
    assert not [secret for secret in (made.token, made.code, bare, CANARY) if secret in kept]
    assert len(made.token) == 64
    assert len(bare) == link_secrets.GROUPS * link_secrets.GROUP


def test_address_with_the_token_is_in_no_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    made = linked(cast.heron)
    read(made)
    assert made.token not in caplog.text
    assert plain_path(f"/sh%61red/{made.token}/") == "/shared/…/"


def test_page_is_found_by_no_search_kept_by_no_cache_and_sends_no_referrer(cast: Cast) -> None:
    made, client = linked(cast.heron), Client()
    for answer in (client.get(path_of(made)), client.post(path_of(made), {"code": made.code})):
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert b'name="robots" content="noindex"' in answer.content
    assert client.post(path_of(made), {"code": made.code})["Refresh"].startswith("1800; url=/shared/")


def test_page_left_open_closes_with_the_link(cast: Cast, time_machine: TimeMachineFixture) -> None:
    made = linked(cast.heron, lasts=timedelta(hours=1))
    time_machine.shift(timedelta(minutes=50))
    assert Client().post(path_of(made), {"code": made.code})["Refresh"].startswith("601;")


def test_form_of_another_site_is_refused(cast: Cast) -> None:
    made = linked(cast.heron)
    answer = Client(enforce_csrf_checks=True).post(path_of(made), {"code": made.code})
    assert (answer.status_code, CANARY in answer.content.decode()) == (403, False)


def test_each_look_by_the_link_is_on_record_and_in_the_owners_list(cast: Cast) -> None:
    made = linked(cast.heron)
    read(made)
    assert Look.objects.get().membership is None
    entry = Entry.objects.get(verb="look at plan")
    assert (entry.chain, entry.actor, entry.subject) == ("people", "outside", made.opening.ref)
    shown = client_of(cast.heron).get("/my-plan/sharing/looks/").content.decode()
    assert "Somebody with your link and its code" in shown


def form(client: Client) -> dict[str, object]:
    """The form of a link as its maker fills it in, from the page's own."""
    page = client.get("/my-plan/sharing/crisis/link/").content.decode()
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    return {"whom": "my GP", "top": "", "parts": ["well"], "hours": "168", "form_key": key}


@pytest.mark.parametrize(
    ("kind", "said"), [("crisis", "your crisis plan"), ("development", "your personal development")]
)
def test_each_page_of_making_a_link_says_which_of_the_two_plans_it_is(cast: Cast, kind: str, said: str) -> None:
    plan_of(cast.heron, kind=kind)
    heron, address = client_of(cast.heron), f"/my-plan/sharing/{kind}/link/"
    page = heron.get(address).content.decode()
    part = page.partition('name="parts" value="')[2].partition('"')[0]
    key = page.partition('name="form_key" value="')[2].partition('"')[0]
    sent = {"whom": "my GP", "top": "", "parts": [part], "hours": "168", "form_key": key}
    pages = [page, *(heron.post(address, sent | more).content.decode() for more in ({}, {"sure": "1"}))]
    assert [f"This is about {said}" in each for each in pages] == [True] * 3


def test_the_form_asks_twice_and_sent_again_it_is_the_same_link(cast: Cast) -> None:
    plan_of(cast.heron)
    heron = client_of(cast.heron)
    sent = form(heron)
    sure = heron.post("/my-plan/sharing/crisis/link/", sent).content.decode()
    assert "Is this right?" in sure
    assert not Opening.objects.exists()
    first, again = (
        heron.post("/my-plan/sharing/crisis/link/", {**sent, "sure": "1"}).content.decode() for _ in range(2)
    )
    made = OutsideLink.objects.get()
    links = [page.partition("/shared/")[2].partition("/")[0] for page in (first, again)]
    assert links[0] == links[1]
    assert link_secrets.token_digest(links[0]) == made.token_digest
    end_opening(person=cast.heron.person, pk=made.opening_id)
    assert heron.post("/my-plan/sharing/crisis/link/", {**sent, "sure": "1"}).status_code == 409
    assert OutsideLink.objects.count() == 1


@pytest.mark.parametrize("other", [{"parts": ["people"]}, {"hours": "24"}, {"whom": "my friend"}, {"top": "Sam"}])
def test_page_gone_back_to_with_other_choices_never_shows_the_link_that_has_the_first_ones(
    cast: Cast, other: dict[str, object]
) -> None:
    plan_of(cast.heron)
    heron = client_of(cast.heron)
    sent = form(heron) | {"parts": ["well", "people"], "sure": "1"}
    heron.post("/my-plan/sharing/crisis/link/", sent)
    answer = heron.post("/my-plan/sharing/crisis/link/", sent | other)
    assert answer.status_code == 409
    assert "/shared/" not in answer.content.decode()
    assert OutsideLink.objects.get().opening.parts == ["well", "people"]


def test_another_persons_form_key_makes_another_link(cast: Cast) -> None:
    plan_of(cast.heron)
    plan_of(cast.moss)
    sent = form(client_of(cast.heron)) | {"sure": "1"}
    for member in (cast.heron, cast.moss):
        client_of(member).post("/my-plan/sharing/crisis/link/", sent)
    assert OutsideLink.objects.values("token_digest").distinct().count() == 2


def test_owner_is_told_that_a_link_was_made_with_no_word_of_it(cast: Cast) -> None:
    linked(cast.heron)
    notice = Notice.objects.get(kind="plan_link_made")
    assert notice.person == cast.heron.person
    assert not [word for word in (CANARY, "plan", "crisis") if word in str(notice.sentence)]


def test_what_was_written_about_a_link_is_not_shown_while_the_plan_is_shut_and_the_link_can_be_ended(
    cast: Cast,
) -> None:
    made, heron = linked(cast.heron), client_of(cast.heron)
    assert f"{CANARY} for" in heron.get("/my-plan/sharing/").content.decode()
    Person.objects.filter(pk=cast.heron.person_id).update(plan_closed_until=clock.now() + timedelta(hours=24))
    shown = heron.get("/my-plan/sharing/").content.decode()
    assert "By a link" in shown
    assert CANARY not in shown
    assert CANARY not in heron.get("/my-plan/sharing/looks/").content.decode()
    heron.post(f"/my-plan/sharing/{made.opening.pk}/end/")
    assert "opens nothing now" in read(made)


def test_a_link_lasts_at_most_a_month(cast: Cast) -> None:
    with pytest.raises(Refused):
        linked(cast.heron, lasts=timedelta(days=32))


def test_page_costs_few_queries(cast: Cast) -> None:
    made, client = linked(cast.heron), Client()
    with CaptureQueriesContext(connection) as looking:
        client.get(path_of(made))
    assert len(looking) <= 3
    for member in Membership.objects.filter(community=cast.fellside)[:3]:
        linked(member)
    with CaptureQueriesContext(connection) as again:
        client.get(path_of(made))
    assert len(again) == len(looking)
    assert made.opening.until is not None
    assert clock.now() < made.opening.until
