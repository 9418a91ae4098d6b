"""Redis, the jobs, the database gone: the site says less, loses nothing, comes back (safety checks 5.2, 5.3, 5.8)."""

import signal
import time

import pytest

from tests.production.browser import Answer, Browser
from tests.production.conftest import Installation
from tests.production.machine import until
from tests.production.test_rolling import posting, stored
from tests.production.test_whole import THREAT, due_now

pytestmark = [pytest.mark.production, pytest.mark.kill]
NEW = "/c/fellside/board/new/"
# Seconds. A page that waited for a dead broker would wait for its own time-outs, one after the other.
AT_ONCE = 8.0
# What waits for a morning, after its person's quiet hours, is not due; what waits because a server was unwell is.
STILL_DUE = (
    "SELECT count(*) FROM notices_outgoing WHERE closed_at IS NULL AND due_at <= now()"
    " AND (again_at <= now() OR trouble <> '')"
)


def write(browser: Browser, words: str, text: str = "") -> Answer:
    key = browser.form_key(NEW)
    return browser.ask("POST", NEW, {"title": words, "text": text or words, "form_key": key})


def test_redis_killed_under_load_stops_no_page_and_loses_nothing(installation: Installation) -> None:
    with posting(installation, "broker") as told:
        before = len(told.acknowledged)
        installation.redis.end(signal.SIGKILL)
        begun = time.monotonic()
        answer = write(installation.signed_in("wren"), "While the broker is away")
        took = time.monotonic() - begun
        assert until(lambda: len(told.acknowledged) > before + 8)
        installation.redis.start()
    assert answer.status == 302
    assert took < AT_ONCE
    assert told.otherwise == []
    there = stored(installation, "broker")
    assert sorted(there) == sorted(set(there))
    assert set(told.acknowledged) <= set(there)
    # Worker and beat find it again by themselves.
    assert until(lambda: job_age(installation, "notices.send") < 15)


def job_age(installation: Installation, job: str) -> float:
    """Seconds since a regular job ran."""
    said = installation.cluster.sql(f"SELECT extract(epoch FROM now() - ran_at) FROM clock_sweep WHERE name = '{job}'")
    return float(said or "inf")


def test_redis_wiped_under_load_loses_nothing(installation: Installation) -> None:
    mails = len(installation.mail.taken)
    with posting(installation, "wiped") as told:
        write(installation.signed_in("juniper"), "Before the wipe", THREAT)
        for _ in range(20):
            installation.redis.say("FLUSHALL")
    assert set(told.acknowledged) <= set(stored(installation, "wiped"))
    assert told.otherwise == []
    assert until(lambda: len(installation.mail.taken) == mails + 1)
    assert until(lambda: installation.cluster.sql(STILL_DUE) == "0")


def test_without_worker_and_beat_posts_appear_and_mails_go_out_in_order_afterwards(installation: Installation) -> None:
    """Two hours are had by moving what is due, not the clock: nothing here asks how long a worker was away."""
    # A worker that is ended in the middle of a mail leaves it claimed for five minutes: that is another test's.
    assert until(lambda: installation.cluster.sql(STILL_DUE) == "0")
    mails = len(installation.mail.taken)
    last = installation.cluster.sql("SELECT coalesce(max(id), 0) FROM notices_outgoing")
    for name in ("worker", "beat"):
        installation.machine.end(name)
    heron = installation.signed_in("heron")
    assert write(heron, "Nobody at work").status == 302
    moss = installation.signed_in("moss")
    assert "Nobody at work" not in moss.get("/c/fellside/board/").body
    due_now(installation)
    assert "Nobody at work" in moss.get("/c/fellside/board/").body
    for number in range(3):
        assert write(moss, f"Held {number}", f"{THREAT} {number}").status == 302
    assert len(installation.mail.taken) == mails
    for name in ("worker", "beat"):
        installation.machine.start(name)
    for name in ("worker", "beat"):
        installation.machine.wait_for(name)
    assert until(lambda: installation.cluster.sql(STILL_DUE) == "0")
    went = f"SELECT id FROM notices_outgoing WHERE outcome = 'sent' AND id > {last} ORDER BY "
    by_when = installation.cluster.sql(f"{went} closed_at").split()
    assert by_when == installation.cluster.sql(f"{went} id").split()
    assert len(by_when) >= 3


def test_the_database_restarted_under_load_gives_words_back_and_recovers(installation: Installation) -> None:
    with posting(installation, "restart") as told:
        assert until(lambda: len(told.acknowledged) > 4)
        installation.cluster.end()
        assert until(lambda: any(status == 503 for status, _ in told.otherwise))
        installation.cluster.start()
        before = len(told.acknowledged)
        assert until(lambda: len(told.acknowledged) > before + 8)
    there = stored(installation, "restart")
    assert sorted(there) == sorted(set(there))
    assert set(told.acknowledged) <= set(there)
    assert {status for status, _ in told.otherwise} <= {503}
    assert until(lambda: all(installation.machine.is_healthy(name) for name in ("web-1", "web-2", "worker", "beat")))
    assert until(lambda: job_age(installation, "notices.send") < 15)


def test_a_form_sent_while_the_database_is_away_comes_back_with_its_words(installation: Installation) -> None:
    clover = installation.signed_in("clover")
    key = clover.form_key(NEW)
    form = {"title": "Kept for me", "text": "Every word of this is mine", "form_key": key}
    installation.cluster.end()
    try:
        away = clover.ask("POST", NEW, form)
    finally:
        installation.cluster.start()
    assert away.status == 503
    assert "Every word of this is mine" in away.body
    assert "116 123" in away.body
    # The first page afterwards is a page, though every thread had kept a connection that is dead.
    assert [clover.ask("GET", "/c/fellside/board/").status for _ in range(20)] == [200] * 20
    assert clover.ask("POST", NEW, form).status == 302
    assert clover.ask("POST", NEW, form).status == 302
    assert installation.cluster.sql("SELECT count(*) FROM boards_post WHERE text = 'Every word of this is mine'") == "1"


def test_a_locked_table_holds_a_form_up_and_loses_nothing(installation: Installation) -> None:
    """What waits for a lock is answered once the lock is gone; pages that only read go on meanwhile."""
    fern = installation.signed_in("fern")
    key = fern.form_key(NEW)
    with posting(installation, "locked") as told:
        installation.cluster.sql("BEGIN; LOCK TABLE boards_post IN EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT")
        answer = fern.ask("POST", NEW, {"title": "Behind a lock", "text": "Behind a lock", "form_key": key})
    assert answer.status == 302
    assert told.otherwise == []
    assert set(told.acknowledged) <= set(stored(installation, "locked"))
