"""Every alarm has its page, every page its alarm; alarms are made of figures that there are."""

import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric

from clock.models import note_sweep
from crisisplans.schedule import KEYS_WHOLE
from helpnow.book import book
from notices.models import Outgoing
from peernet import counting, figures, jobs
from tests.ground.test_embedded import ROOT, bare_environment

RULES = [
    rule
    for group in yaml.safe_load((ROOT / "deploy" / "prometheus" / "alarms.yml").read_text())["groups"]
    for rule in group["rules"]
]
GUIDE = (ROOT / "docs" / "guides" / "operators-alarms.md").read_text()
PARTS = ("What it means.", "Where to look.", "What to do.", "Whom to tell.")
AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


def test_every_alarm_has_its_page_and_every_page_its_alarm() -> None:
    assert re.findall(r"^## (\w+)$", GUIDE, re.M) == [rule["alert"] for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_page_says_what_it_means_where_to_look_what_to_do_and_whom_to_tell(rule: dict) -> None:
    page = GUIDE.partition(f"## {rule['alert']}\n")[2].partition("\n## ")[0]
    assert all(f"**{part}** " in page for part in PARTS)
    assert rule["annotations"]["page"] == f"operators-alarms.md#{rule['alert'].lower()}"
    assert rule["labels"]["urgency"] in ("now", "today", "this week")
    assert rule["for"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_alarm_is_made_of_figures_that_there_are(rule: dict, metrics_folder: Path) -> None:
    names = set(re.findall(r"peernet_\w+", rule["expr"]))
    assert names <= names_of(metrics_folder)
    for wanted in re.findall(r'job=~?"([^"]+)"', rule["expr"]):
        assert set(wanted.split("|")) <= set(jobs.entries()) | {"record.verified", KEYS_WHOLE}


@pytest.fixture
def metrics_folder(tmp_path: Path, settings: object) -> Iterable[Path]:
    """Where this process counts, as one of several."""
    settings.METRICS_FOLDER = str(tmp_path / "metrics" / "web-1")
    counting.counts.cache_clear()
    yield tmp_path / "metrics"
    counting.counts.cache_clear()


def names_of(folder: Path) -> set[str]:
    families: list[Metric] = [*figures.Backups(folder).collect()]
    counted = counting.counts()
    assert counted
    for family in (each for one in counted for each in one.collect()):
        families.append(family)
    names = {family.name for family in families}
    names |= {f"{name}_total" for name in names} | {f"{name}_bucket" for name in names}
    return names | {f"peernet_{name}" for name in ASKED}


ASKED = (
    "database_answers",
    "job_age_seconds",
    "outbox_oldest_seconds",
    "votes_uncounted_seconds",
    "votes_held_again",
    "contacts_unchecked",
    "clock_off_seconds",
)


def said(*collectors: object) -> str:
    registry = CollectorRegistry(auto_describe=False)
    for collector in collectors:
        registry.register(collector)
    return generate_latest(registry).decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.time_machine(AT, tick=False)
def test_what_the_database_is_asked_for_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures.connections, "close_all", lambda: None)
    note_sweep("boards.tally", AT - timedelta(seconds=40))
    for due_at in (AT - timedelta(seconds=90), AT + timedelta(seconds=90)):
        Outgoing.objects.create(due_at=due_at, again_at=due_at, useless_at=AT + timedelta(days=1))
    text = said(figures.Asked())
    assert 'peernet_job_age_seconds{job="boards.tally"} 40.0' in text
    assert "peernet_outbox_oldest_seconds 90.0" in text
    assert "peernet_database_answers 1.0" in text
    for name in ASKED:
        assert f"\npeernet_{name}" in text


def test_contacts_nobody_looked_at_for_six_months_are_counted() -> None:
    looked_at = min(contact.last_checked for contact in book().contacts)
    noon = datetime(looked_at.year, looked_at.month, looked_at.day, 12, tzinfo=UTC)
    assert figures.old_contacts(noon + timedelta(days=183)) == 0
    assert figures.old_contacts(noon + timedelta(days=184)) > 0


COUNT = """
import django; django.setup()
from peernet import counting
counting.answered("boards:thread", 200, 0.03)
counting.answered("boards:thread", 302, 0.03)
counting.task_ran("notices.tasks.send_waiting", "failed", 0.2)
counting.sockets_open(3)
"""


def test_what_several_processes_counted_is_added_up(tmp_path: Path) -> None:
    for name in ("web-1", "web-2"):
        told = {"PEERNET_METRICS_FOLDER": str(tmp_path / "metrics" / name), "PEERNET_DATA": str(tmp_path)}
        environment = {**bare_environment(), **told, "DJANGO_SETTINGS_MODULE": "peernet.settings"}
        subprocess.run([sys.executable, "-c", COUNT], cwd=ROOT, env=environment, check=True)
    text = said(figures.Counted(tmp_path / "metrics"))
    assert 'peernet_requests_total{route="boards:thread",status="2xx"} 2.0' in text
    assert 'peernet_tasks_total{outcome="failed",task="notices.tasks.send_waiting"} 2.0' in text
    assert "peernet_open_sockets 6.0" in text


def test_nothing_is_counted_where_nobody_asked_for_it(settings: object) -> None:
    settings.METRICS_FOLDER = ""
    counting.counts.cache_clear()
    counting.answered("boards:thread", 200, 0.03)
    assert counting.counts() is None


def test_no_backup_at_all_is_an_alarm(tmp_path: Path) -> None:
    assert "peernet_backup_age_seconds +Inf" in said(figures.Backups(tmp_path))
