"""Whoever is kept apart from somebody reads and answers no danger notice about them (domain, section 8)."""

from uuid import uuid4

import pytest

from moderation.lifecycle import DangerState, DangerTo
from moderation.models import DangerNotice
from moderation.services.danger import answer_danger_notice, ask_danger_notice
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now
from tests.communities.test_keep_apart import kept
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/moderation/danger/"
WORDS = "CanaryOfDanger is at the old mill"


def asked(cast: Cast, by: str = "wren") -> DangerNotice:
    return ask_danger_notice(
        by=sitting_now(cast[by]), about=cast.moss, to=DangerTo.LIFE, words=WORDS, adds_danger=False, form_key=uuid4()
    )


@pytest.mark.parametrize(("asker", "other"), [("moss", "juniper"), ("juniper", "moss")])
def test_somebody_kept_apart_meets_no_danger_notice_about_the_other(cast: Cast, asker: str, other: str) -> None:
    kept(cast, asker, other)
    danger = asked(cast)
    client = client_of(cast.juniper)
    page = client.get(C)
    assert page.status_code == 200
    assert f"{C}{danger.pk}/" not in page.content.decode()
    assert client.get(f"{C}{danger.pk}/").status_code == 404
    assert client.post(f"{C}{danger.pk}/", {"verb": "disagree"}).status_code == 404
    assert not Notice.objects.filter(person=cast.juniper.person, kind="danger_second").exists()
    assert Notice.objects.filter(person=cast.ash.person, kind="danger_second").exists()


@pytest.mark.parametrize("verb", ["agree", "disagree"])
def test_somebody_kept_apart_is_not_the_second_of_a_danger_notice(cast: Cast, verb: str) -> None:
    kept(cast, "moss", "juniper")
    danger = asked(cast)
    with pytest.raises(Refused):
        answer_danger_notice(danger=danger, by=sitting_now(cast.juniper), verb=verb)
    danger.refresh_from_db()
    assert (danger.state, danger.disagreed_by) == (DangerState.ASKED, None)


def test_whoever_sees_danger_may_always_ask_and_finds_what_they_asked_for(cast: Cast) -> None:
    kept(cast, "moss", "juniper")
    danger = asked(cast, by="juniper")
    client = client_of(cast.juniper)
    assert WORDS in client.get(f"{C}{danger.pk}/").content.decode()
    assert f"{C}{danger.pk}/" in client.get(C).content.decode()
