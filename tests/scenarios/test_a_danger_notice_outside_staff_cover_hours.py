"""It is two in the morning. Wren reads that Moss has gone to the bridge. No staff read notices before nine. The form
says so first, and to ring 999. Wren rings, and writes. Nobody of the others answers; after ten minutes it goes by Wren
alone. Moss is told. At nine Dale reads it, with the number that Moss once left for this.
"""

from datetime import time, timedelta

import pytest

from moderation.schedule import follow_up
from moderation.services.numbers import leave_number
from tests.cast import client_of, on_duty
from tests.scenarios.night import NOTICES, links, page, send
from tests.steps import NIGHT

pytestmark = pytest.mark.time_machine(NIGHT, tick=False)
DANGER, STAFF = "/c/fellside/moderation/danger/new/", "/c/fellside/moderation/staff/"


def test_a_danger_notice_outside_staff_cover_hours(cast, time_machine):
    on_duty(cast.dale, starts=time(9), ends=time(17))
    leave_number(by=cast.moss, number="07700 900123", ask_for="my sister Ann")
    wren, ash, moss, dale = (client_of(cast[key]) for key in ("wren", "ash", "moss", "dale"))

    form = page(wren, DANGER)
    assert "Nobody will read this before today at 9 am." in form
    assert "ring 999 yourself now." in form
    shown = send(
        wren, DANGER, "form_key", kind="life", value=cast.moss.pk, words="They have gone to the bridge.", choice="tell"
    )
    assert "One of two has decided" in page(wren, shown)
    assert "One of you needs a second person at once." in page(ash, NOTICES)

    time_machine.shift(timedelta(minutes=9))
    follow_up()
    assert "It goes only" not in page(wren, shown)
    assert "Staff have it since" not in page(wren, shown)
    time_machine.shift(timedelta(minutes=1))
    follow_up()
    assert "Staff have it since" in page(wren, shown)
    assert "Nobody will read this before today at 9 am." in page(wren, shown)
    assert "One of you needs a second person at once." not in page(ash, NOTICES)
    assert "There is something about you to read." in page(moss, NOTICES)
    assert "Something urgent is waiting for staff" not in page(dale, NOTICES)

    time_machine.shift(timedelta(hours=6, minutes=50))
    follow_up()
    morning = client_of(cast.dale)
    assert "Something urgent is waiting for staff" in page(morning, NOTICES)
    waiting = page(morning, STAFF)
    assert "Danger notice" in waiting
    assert "bridge" not in waiting
    [link] = links(morning, STAFF, f"{STAFF}danger/")
    given = page(morning, link)
    for what in ("Moss", "07700 900123", "my sister Ann", "They have gone to the bridge.", "Wren"):
        assert what in given
