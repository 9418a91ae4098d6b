"""The demo is filled at any hour; the large community for measuring is whole, and made once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

import clock
from audit.queries import verify
from boards.models import Post
from boards.queries import board_page
from communities.models import Community, Membership
from meetings.models import Logbook
from peernet.demo import groups
from peernet.demo.fill import fill
from peernet.demo.large import Size, fill_large

pytestmark = pytest.mark.django_db
# While everybody sleeps, in summer, and in the hour in which London's day is another than the day in UTC. By day, in
# winter: tests/demo/test_demo.py.
ASLEEP_IN_SUMMER = "2027-06-08 00:40:00+01:00"
# Once it failed from ten past seven in the evening to midnight: what was written came before the founders had joined.
LAST_MINUTE = "2026-11-25 23:59:00+00:00"
# And on Tuesdays, Saturdays and Sundays from past noon: a register was taken before its group was on the timetable. And
# in the minute in which a record is agreed as a session begins, when somebody had just asked for a change of it.
TUESDAY, AS_IT_BEGINS = "2026-11-24 12:30:00+00:00", "2026-11-27 10:35:30+00:00"


@pytest.mark.parametrize("at", [ASLEEP_IN_SUMMER, LAST_MINUTE, TUESDAY, AS_IT_BEGINS])
def test_demo_can_be_filled_at_any_hour(time_machine: object, at: str) -> None:
    time_machine.move_to(at, tick=False)
    fill(clock.now())
    assert verify() == []
    assert Post.objects.filter(community__slug="fellside", state="held").count() == 1
    # Also while a session is on: once there was none from the reading of the last one to the end of the morning.
    assert Logbook.objects.filter(session__community__slug="fellside", state="writing").exists()


@pytest.mark.parametrize("slug", ["fellside", "riverside"])
def test_no_group_has_a_life_before_it_is_on_the_timetable(slug: str) -> None:
    begins = datetime(2027, 3, 22, tzinfo=UTC)  # The clocks go forward at the end of this week.
    for half_hour in range(7 * 48):
        start = begins + half_hour * timedelta(minutes=30)
        happens = sorted((at, order) for at, order, _act in groups.events(slug, {}, start))
        assert happens[0][1] == 40, start


def test_large_community_is_whole_and_made_once() -> None:
    now = clock.now()
    community = fill_large(Size(members=8, threads=30, posts=400), now)
    member = Membership.objects.filter(community=community).first()
    assert member is not None
    page = board_page(member, now)
    assert len(page.rows) == 20
    assert (
        sum(row.thread.shown_posts for row in page.rows)
        == Post.objects.filter(thread__in=[row.thread for row in page.rows]).count()
    )
    assert page.rows[0].latest_at > now - timedelta(days=30)
    assert verify() == []
    with pytest.raises(ValidationError):
        fill_large(Size(members=8, threads=30, posts=400), now)
    assert Community.objects.count() == 1
