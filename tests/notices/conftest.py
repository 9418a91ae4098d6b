"""People with and without a proved address, a kind of notice, and a mail server that can go away."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress

from notices import kinds, services
from notices.models import Notice
from people.models import Person
from tests.notices.mail_server import MailServer, free_port

# Noon: in nobody's quiet hours.
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MakePerson = Callable[..., Person]
Tell = Callable[..., Notice]


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def person() -> MakePerson:
    def make(name: str, *, proved: bool = True) -> Person:
        someone = Person.objects.create_person(sign_in_name=name, password=None, created_at=START)
        EmailAddress.objects.create(user=someone, email=f"{name}@example.org", verified=proved, primary=True)
        return someone

    return make


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    kinds.register("test.hold", "Something is waiting for you to look at.")
    count = iter(range(1, 10_000))

    def make(someone: Person, **more: object) -> Notice:
        now = datetime.now(UTC)
        facts = {"kind": "test.hold", "key": f"test:{next(count)}", "path": "/c/fellside/", "now": now, **more}
        return services.tell(person=someone, **facts)

    return make


@pytest.fixture
def mail_settings(settings: object) -> object:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "post@peernet.example"
    settings.SITE_ADDRESS = "https://peernet.example"
    return settings


@pytest.fixture
def mail_server(mail_settings: object) -> Iterator[MailServer]:
    server = MailServer(mail_settings.EMAIL_PORT)
    yield server
    server.end()
