"""Heron leaves Fellside: nobody there reads her plan any more, and it stays hers. Half a year later she erases it: the
key is gone, and so what anybody had kept of it can be read by nobody."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from time_machine import TimeMachineFixture

from audit import erasures
from audit.queries import verify
from crisisplans.keystore import key_files
from crisisplans.models import Opening, Plan, PlanKey, PlanVersion
from crisisplans.queries.own import WORDS
from crisisplans.sealing import KeyGone, box_to_read
from crisisplans.services import go_on_with_erasings
from tests.cast import Cast, client_of
from tests.crisisplans.opening import CANARY, linked, opened
from tests.crisisplans.planning import key_name
from tests.crisisplans.writing import MINE
from tests.scenarios.night import page
from tests.steps import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(NOON, tick=False)]
LEAVE, ERASE = "/accounts/yours/fellside/leave/", f"{MINE}erase/"


def test_leaving_and_erasure(cast: Cast, time_machine: TimeMachineFixture) -> None:
    # Wren reads it for a review, and the surgery by a link.
    review, link = opened(cast.heron, cast.wren), linked(cast.heron, lasts=timedelta(days=30))
    heron, wren, surgery = client_of(cast.heron), client_of(cast.wren), Client()
    read, shared = f"/c/fellside/plans/{review.pk}/", f"/shared/{link.token}/"
    assert CANARY in page(wren, read)
    assert CANARY in surgery.post(shared, {"code": link.code}).content.decode()

    # Heron leaves the community. From the next request on Wren reads nothing; nothing else is different.
    heron.post(LEAVE)
    assert wren.get(read).status_code == 404
    assert CANARY in page(heron, MINE)
    assert CANARY in surgery.post(shared, {"code": link.code}).content.decode()

    # Half a year later she has it with her as a file, and wants nothing of it here.
    time_machine.shift(timedelta(days=180))
    heron = client_of(cast.heron)
    assert CANARY in heron.get(f"{MINE}take/data/").content.decode()
    dump = list(PlanVersion.objects.filter(plan__person=cast.heron.person))
    name, file_then = key_name(cast.heron.person), key_files.read(key_name(cast.heron.person))
    assert "The key that opens your plans is destroyed." in page(heron, ERASE)
    heron.post(ERASE)

    # No row and no key; what is left of it in an old dump of the database opens for nobody.
    rows = (Plan.objects.filter(person=cast.heron.person), PlanKey.objects.filter(person=cast.heron.person))
    assert not any(found.exists() for found in rows)
    assert not Opening.objects.filter(plan__person=cast.heron.person).exists()
    assert not key_files.exists(name)
    with pytest.raises(KeyGone):
        box_to_read(cast.heron.person.pk, name).unseal(str(dump[0].ref), WORDS, dump[0].sealed)
    assert surgery.get(shared).status_code == 404
    assert CANARY not in page(heron, MINE)

    # An older copy of the key store, put back within its seven days, loses it again; the list knows its name alone.
    key_files.write(name, file_then)
    told = [line.told for line in erasures.read(settings.ERASURE_FILE)]
    assert [line["key"] for line in told if "key" in line] == [name]
    go_on_with_erasings()
    assert not key_files.exists(name)

    # She may begin again at any time, and the record is whole.
    assert heron.get(f"{MINE}start/").status_code == 200
    assert verify() == []
