"""A notice leads nobody to a closed door, whatever has become of them since they were told."""

import pytest
from django.urls import reverse

import clock
from communities.models import Membership
from notices.models import Notice
from notices.services import tell
from tests.cast import Cast, client_of
from tests.steps import NOON, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def told(reader: Membership, kind: str, path: str) -> Notice:
    return tell(person=reader.person, kind=kind, key=f"{kind}:1:1:{reader.pk}", path=path, now=clock.now())


def opened(reader: Membership, notice: Notice) -> str:
    answer = client_of(reader).post(reverse("notices:open", args=[notice.pk]))
    assert answer.status_code == 302
    return answer.url


@pytest.mark.parametrize(("who", "leads_on"), [("heron", True), ("hazel", False), ("willow", False), ("thorn", False)])
def test_answer_leads_to_its_thread_only_whoever_may_read_it(cast: Cast, who: str, leads_on: bool) -> None:
    path = reverse("boards:thread", args=["fellside", start(cast.moss).thread_id])
    notice = told(cast[who], "answer", path)
    assert opened(cast[who], notice) == (path if leads_on else "/")
    assert client_of(cast[who]).get("/", follow=True).status_code == 200


@pytest.mark.parametrize(("who", "leads_on"), [("wren", True), ("linden", False)])
@pytest.mark.parametrize("kind", ["hold", "second_needed"])
def test_hold_leads_to_the_queue_only_whoever_is_in_office(cast: Cast, who: str, kind: str, leads_on: bool) -> None:
    path = reverse("moderation:queue", args=["fellside"])
    assert opened(cast[who], told(cast[who], kind, path)) == (path if leads_on else "/")
