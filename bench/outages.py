"""What goes away and comes back, on the real processes: database, Redis, pages, worker, beat (safety checks 5.2, 5.3).

`python -m bench.outages [two_hours] [redis] [mail]`; all three unless some are named. Two hours without a worker and
ten minutes without a mail server pass by moving PostgreSQL's clock, the only one the site goes by; what is promised
within 60 s is waited for by everybody's. Ends with 1 if anything came early, late, twice, out of order or not at all.
"""

import contextlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.measuring.browsers import Browser, faults, signed_in
from bench.measuring.clockwork import Clockwork, clockwork
from bench.measuring.ports import free_port
from bench.measuring.results import keep
from bench.measuring.sites import PRODUCTION, ROOT, Site, kill
from tests.notices.mail_server import MailServer

CELERY = [sys.executable, "-m", "celery", "-A", "peernet"]
WORKER = [*CELERY, "worker", "--concurrency", "2", "--pool", "threads", "--loglevel", "WARNING"]
BEAT = [*CELERY, "beat", "--loglevel", "WARNING"]
PROMISED = 60
THREADS = 6
# Everybody who writes gets mails, at any hour, each by itself; the pause is as long by night as by day.
PREPARE = """
import django; django.setup()
from allauth.account.models import EmailAddress
import clock
from communities.models import Community, Membership, Rule
from notices.models import Timing
fellside = Community.objects.get(slug="fellside")
rule = {"value": 5, "since": clock.now()}
Rule.objects.update_or_create(community=fellside, key="pause_night_minutes", defaults=rule)
for name in ("Heron", "Moss", "Fern", "Clover"):
    person = Membership.objects.get(community__slug="fellside", display_name=name).person
    address = f"{name.lower()}@example.org"
    EmailAddress.objects.update_or_create(user=person, email=address, defaults={"verified": True, "primary": True})
    Timing.objects.update_or_create(person=person, defaults={"quiet_from": None, "quiet_to": None, "daily_at": None})
"""
BREAK = """
import django; django.setup()
from communities.models import Membership
from communities.services import begin_break
begin_break(by=Membership.objects.get(community__slug="fellside", display_name="Clover"))
"""
LOOK = """
import django, json; django.setup()
import clock
from notices.models import Outgoing
rows = Outgoing.objects.exclude(notice=None).filter(due_at__lte=clock.now())
waiting = rows.filter(closed_at=None).count()
sent = rows.filter(outcome="sent").order_by("closed_at")
seen = [(row.due_at.isoformat(), row.notice.person_id) for row in sent.select_related("notice")]
ends = {name: rows.filter(outcome=name).count() for name in ("sent", "together", "dropped", "gave_up")}
print(json.dumps({"waiting": waiting, "sent": seen, "ends": ends}))
"""


@dataclass
class Ground:
    """The site with everything beside it."""

    database: Clockwork
    redis: str
    mail: MailServer
    site: Site
    browsers: list[Browser]

    def jobs(self) -> list[subprocess.Popen[bytes]]:
        """Start the worker and the beat."""
        folder = self.site.log.parent
        commands = (WORKER, [*BEAT, "--schedule", str(folder / "beat")])
        with (folder / "jobs.txt").open("ab") as said:
            how: dict[str, Any] = {"env": self.site.environment, "cwd": ROOT, "stdout": said, "stderr": said}
            return [subprocess.Popen(command, start_new_session=True, **how) for command in commands]

    def look(self) -> dict[str, Any]:
        return json.loads(self.site.ask("-c", LOOK))


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """Everything on free ports of 127.0.0.1, ended by process at the end. No worker yet."""
    with clockwork() as database, tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ends:
        port, mail = free_port(), MailServer()
        ends.callback(mail.end)
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        ends.callback(redis.wait)
        ends.callback(redis.terminate)
        mails = {"HOST": "127.0.0.1", "PORT": str(mail.port), "TLS": "none", "FROM": "news@example.org"}
        settings = {f"PEERNET_MAIL_{name}": value for name, value in mails.items()}
        settings |= {"PEERNET_DATABASE_URL": database.url, "PEERNET_REDIS_URL": f"redis://127.0.0.1:{port}/0"}
        site = Site(folder, PRODUCTION, **settings)
        site.ask("-m", "peernet.cli", "demo", "--json")
        site.ask("-m", "django", "collectstatic", "--noinput")
        site.ask("-c", PREPARE)
        ends.enter_context(site.served())
        yield Ground(database, f"127.0.0.1:{port}", mail, site, signed_in(site, 4))


def answer(browser: Browser, thread: str, words: str) -> None:
    key = re.search(r'name="form_key" value="([^"]+)"', browser.get(thread))
    browser.post(thread, {"text": words, "form_key": key[1]})


def opened(made: Ground) -> list[str]:
    """Threads that are on the board, all of one person; return their addresses, the newest first."""
    heron = made.browsers[0]
    for number in range(THREADS):
        heron.write(f"Round 0: thread {number} to answer in")
    made.database.move(20 * 60)
    board = heron.get("/c/fellside/board/")
    return list(dict.fromkeys(re.findall(r"/c/fellside/board/\d+/", board)))[:THREADS]


def sent_in_order(told: dict[str, Any]) -> bool:
    due = [at for at, _person in told["sent"]]
    return due == sorted(due)


def wait_for_the_mails(made: Ground, began: float) -> tuple[float, dict[str, Any]]:
    """Return the seconds until no mail waits any more, or twice the promise, and what the outbox tells."""
    while (told := made.look())["waiting"] and time.monotonic() - began < 2 * PROMISED:
        time.sleep(0.2)
    return time.monotonic() - began, told


def mails_faults(made: Ground, told: dict[str, Any], seconds: float) -> list[str]:
    """What is wrong with the mails that went out."""
    marks = Counter(message["Message-ID"] for _to, message in made.mail.taken)
    found = [f"twice: {mark}" for mark, times in marks.items() if times > 1]
    if len(marks) != told["ends"]["sent"]:
        found.append(f"{len(marks)} mails arrived, {told['ends']['sent']} were noted as sent")
    if told["waiting"] or seconds > PROMISED:
        found.append(f"{told['waiting']} still waiting after {seconds:.0f} s")
    if not sent_in_order(told):
        found.append("out of order")
    return found + ([] if marks else ["no mail at all"])


def two_hours(made: Ground) -> dict[str, Any]:
    """No worker and no beat for two hours of writing and reading; meanwhile somebody's right to be told ends."""
    threads, found = opened(made), []
    waiting: dict[str, list[str]] = {thread: [] for thread in threads}
    for step in range(24):
        words, thread = f"Round {step + 1} in the two hours", threads[step % THREADS]
        answer(made.browsers[1 + step % 3], thread, words)
        page = made.browsers[0].get(thread)
        found += [f"early: {words}"] if words in page else []
        found += [f"not in time: {one}" for one in waiting[thread] if one not in page]
        waiting[thread].append(words)
        made.database.move(5 * 60)
    made.site.ask("-c", BREAK)
    before = made.look()
    began, jobs = time.monotonic(), made.jobs()
    seconds, told = wait_for_the_mails(made, began)
    kill(jobs)
    if told["ends"]["dropped"] < 1:
        found.append("whoever is on a break was told all the same")
    found += mails_faults(made, told, seconds)
    return {"waited": before["waiting"], **told["ends"], "seconds": round(seconds, 1), "faults": found}


def redis(made: Ground) -> dict[str, Any]:
    """Redis is wiped again and again for 20 s while four people write."""
    jobs, stop, failed = made.jobs(), threading.Event(), []

    def go_on(browser: Browser) -> None:
        while not stop.is_set():
            try:
                browser.write(f"Round {len(browser.forms)} by {browser.name}, wiped")
            except OSError as fault:
                failed.append(f"{browser.name}: {fault!r}")

    threads = [threading.Thread(target=go_on, args=(browser,)) for browser in made.browsers]
    for one in threads:
        one.start()
    host, _colon, port = made.redis.partition(":")
    wiped = 0
    for _ in range(200):
        subprocess.run(["redis-cli", "-h", host, "-p", port, "FLUSHALL"], check=True, stdout=subprocess.DEVNULL)
        wiped += 1
        time.sleep(0.1)
    stop.set()
    for one in threads:
        one.join()
    found = failed + faults(made.site, made.browsers)
    for thread in opened(made):
        answer(made.browsers[1], thread, "Round after the wiping")
    made.database.move(20 * 60)
    seconds, told = wait_for_the_mails(made, time.monotonic())
    kill(jobs)
    found += mails_faults(made, told, seconds)
    posts = sum(form.acknowledged for browser in made.browsers for form in browser.forms)
    return {"wiped": wiped, "acknowledged": posts, **told["ends"], "seconds": round(seconds, 1), "faults": found}


def mail(made: Ground) -> dict[str, Any]:
    """No mail server for ten minutes, then one that takes everything."""
    jobs, threads, port = made.jobs(), opened(made), made.mail.port
    made.mail.end()
    for step in range(20):
        answer(made.browsers[1 + step % 3], threads[step % THREADS], f"Round {step} without a mail server")
        made.database.move(30)
    made.database.move(20 * 60)
    time.sleep(25)  # at least one sweep knocks at the closed door
    began, made.mail = time.monotonic(), MailServer(port)
    seconds, told = wait_for_the_mails(made, began)
    made.mail.end()
    kill(jobs)
    return {**told["ends"], "seconds": round(seconds, 1), "faults": mails_faults(made, told, seconds)}


DRILLS = {"two_hours": two_hours, "redis": redis, "mail": mail}


def main(names: list[str]) -> int:
    figures = {}
    for name in names:
        with ground() as made:
            figures[name] = DRILLS[name](made)
        print(f"{name}: {figures[name]}", flush=True)
    keep("outages", figures)
    return 1 if any(one["faults"] for one in figures.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(DRILLS)))
