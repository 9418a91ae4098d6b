"""No more mails, by the link in one of them: a tap on a button, signed in or not; and what else a mail's head says."""

import re
import smtplib

import pytest
import time_machine
from django.core.mail import get_connection
from django.test import Client

from notices import marks, queries, sending
from notices.models import Notice
from peernet.log_lines import plain_path
from tests.notices.conftest import MakePerson, Tell
from tests.notices.mail_server import MailServer

pytestmark = pytest.mark.django_db
HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Content-Transfer-Encoding",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
}


@pytest.fixture
def link(mail_server: MailServer, person: MakePerson, tell: Tell) -> str:
    tell(person("heron"))
    sending.send_all_due()
    header = mail_server.taken[0][1]["List-Unsubscribe"].strip()
    return re.fullmatch(r"<https://peernet\.example(/notices/stop/\S+/)>", header)[1]


def test_a_notice_mail_has_no_other_header_and_none_tells_whose_it_is(mail_server: MailServer, link: str) -> None:
    message = mail_server.taken[0][1]
    assert set(message.keys()) == HEADERS
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "heron" not in link


def test_looking_at_the_link_stops_nothing_and_the_button_does(link: str, client: Client) -> None:
    """A mail scanner opens links."""
    heron = Notice.objects.get().person
    page = client.get(link).content.decode()
    assert "Stop these e-mails" in page
    assert "Peernet" not in page
    # Help and the way out stand on it as on every page, and still say nothing of what it belongs to.
    assert 'href="/help-now/"' in page
    assert 'name="exit"' in page
    assert queries.mail_is_wanted(heron.pk)
    assert "No more e-mails" in client.post(link).content.decode()
    assert not queries.mail_is_wanted(heron.pk)


def test_a_mail_program_may_press_the_button_by_itself_from_elsewhere(link: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_whoever_stops_it_the_person_reads_so_in_the_site(link: str, client: Client) -> None:
    """Somebody else who reads the mail could press it."""
    client.post(link)
    heron = Notice.objects.first().person
    client.force_login(heron)
    assert "E-mails to you were turned off" in client.get("/notices/").content.decode()


def test_the_button_pressed_again_and_again_tells_the_person_once(
    link: str, client: Client, traveller: time_machine.Traveller
) -> None:
    """Whoever has an old mail could else ring somebody's phone with it, as often as they like."""
    for _press in range(5):
        traveller.shift(60)
        assert client.post(link).status_code == 200
    assert Notice.objects.filter(kind="mails_stopped").count() == 1


@pytest.mark.parametrize("token", ["x", "WzFd", "WzFd:forged", "%00"])
def test_a_link_that_is_not_ours_is_a_404(client: Client, token: str) -> None:
    assert client.get(f"/notices/stop/{token}/").status_code == 404
    assert client.post(f"/notices/stop/{token}/").status_code == 404


def test_the_link_stands_in_no_log_line(link: str) -> None:
    assert plain_path(link) == "/notices/stop/…/"


def test_the_token_does_nothing_but_this(person: MakePerson) -> None:
    heron = person("heron")
    assert marks.person_of(marks.stop_token(heron)) == heron
    heron.is_active = False
    heron.save()
    assert marks.person_of(marks.stop_token(heron)) is None


def test_the_greeting_says_the_site_s_address_and_not_this_machine_s_name(mail_server: MailServer) -> None:
    mail = get_connection("notices.mail.MailBackend")
    mail.open()
    assert isinstance(mail.connection, smtplib.SMTP)
    assert mail.connection.local_hostname == "peernet.example"
    mail.close()
