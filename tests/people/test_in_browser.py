"""The pages of signing in in a real Chromium: what axe finds, the content policy, and passkeys for real."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, BrowserContext, Page

import clock
from people import kept, services
from people.models import Person
from tests.answers.browser import LOOKS, faults, started, too_wide
from tests.people.signing import ADDRESS, NAME, PASSWORD, code_now, give_app, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = ["login/", "password/reset/", "way-back/", "way-back/never-made/"]
SIGNED_IN = ["", "email/", "password/change/", "sessions/", "logout/", "keep-these/", "2fa/", "reauthenticate/"]
ASKED_AGAIN = ["2fa/totp/activate/", "2fa/webauthn/add/"]
SCRIPT = "\"'><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with started(chromium) as browser:
        yield browser


@pytest.fixture
def somebody(transactional_db: None) -> Person:
    return make_person(email=ADDRESS)


@pytest.fixture
def accounts(live_server) -> str:
    # Passkeys work on localhost by name, not by number.
    return live_server.url.replace("127.0.0.1", "localhost") + "/accounts/"


def opened(browser: Browser, **more: object) -> tuple[Page, list[str]]:
    """A page of its own, and what its console complains of."""
    page = browser.new_context(**more).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}"))
    return page, complaints


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def come_in(page: Page, accounts: str) -> None:
    page.goto(accounts + "login/")
    page.fill("[name=login]", NAME)
    page.fill("[name=password]", PASSWORD)
    press(page, "Sign in")


def ask_again(page: Page, address: str) -> None:
    page.goto(address)
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        press(page, "Go on")


def blocked(complaints: list[str]) -> list[str]:
    return [said for said in complaints if "Content Security Policy" in said or "Refused" in said]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_have_no_fault_and_fit(browser, accounts, somebody, width: int, scheme: str):
    token = services.issue_way_back(person=somebody, by_one="a", by_two="b", now=clock.now())
    services.make_recovery_codes(person=somebody, now=clock.now())
    page, complaints = opened(browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = {}

    def look(address: str) -> None:
        if address:
            ask_again(page, accounts + address)
        found[page.url] = faults(page) + (["too wide"] if too_wide(page) else [])

    for address in [*SIGNED_OUT, f"way-back/{token}/"]:
        look(address)
    come_in(page, accounts)
    for address in SIGNED_IN:
        page.goto(accounts + address)
        look("")
    for address in ASKED_AGAIN:
        look(address)
    page.goto(accounts + "keep-these/")
    page.fill("[name=password]", PASSWORD)
    press(page, "Make new codes")
    look("")
    assert not {address: faulty for address, faulty in found.items() if faulty}
    assert not blocked(complaints)


def test_a_page_after_too_many_tries_has_no_fault(browser, accounts, somebody):
    page, _complaints = opened(browser)
    for _try in range(6):
        page.goto(accounts + "login/")
        page.fill("[name=login]", NAME)
        page.fill("[name=password]", "not this one")
        press(page, "Sign in")
    assert page.get_by_text("Please wait 5 minutes").is_visible()
    assert not faults(page)


def test_scripts_in_fields_do_not_run(browser, accounts, somebody):
    page, _complaints = opened(browser)
    page.goto(accounts + "login/?next=/" + SCRIPT)
    page.fill("[name=login]", SCRIPT)
    page.fill("[name=password]", SCRIPT)
    press(page, "Sign in")
    page.wait_for_timeout(200)
    assert page.title() != "ran"
    come_in(page, accounts)
    ask_again(page, accounts + "email/")
    page.fill("#id_email", "a@example.org")
    page.fill("#id_password", PASSWORD)
    press(page, "Send me a code")
    page.fill("[name=code]", SCRIPT[:40])
    press(page, "Go on")
    assert page.title() != "ran"


def test_everything_but_passkeys_works_without_script(browser, accounts, somebody):
    secret = give_app(somebody)
    page, _complaints = opened(browser, java_script_enabled=False)
    come_in(page, accounts)
    assert not page.get_by_role("button", name="Use my passkey").is_visible()
    page.fill("[name=code]", code_now(secret))
    press(page, "Sign in")
    page.goto(accounts)
    assert page.get_by_text(NAME).is_visible()


def key_of_its_own(context: BrowserContext, page: Page) -> None:
    """A passkey device that says yes to everything, as a phone with a finger on it."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page, accounts: str, *, alone: bool) -> None:
    come_in(page, accounts)
    ask_again(page, accounts + "2fa/webauthn/add/")
    page.fill("[name=name]", f"My phone {SCRIPT}"[:60])
    if alone:
        page.check("[name=passwordless]")
    page.get_by_role("button", name="Add this passkey").click()
    page.wait_for_url(accounts + "2fa/recovery-codes/")


def test_a_passkey_is_a_second_step(browser, accounts, somebody):
    page, complaints = opened(browser)
    key_of_its_own(page.context, page)
    add_passkey(page, accounts, alone=False)
    assert not faults(page)
    page.goto(accounts + "logout/")
    press(page, "Sign out here")
    come_in(page, accounts)
    assert page.url == accounts + "2fa/authenticate/"
    assert not faults(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(lambda url: "/accounts/2fa" not in url)
    page.goto(accounts + "second-step/?next=/accounts/sessions/")
    page.get_by_role("link", name="Use my passkey instead").click()
    assert not faults(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url(accounts + "sessions/")
    assert not blocked(complaints)


def test_a_passkey_can_sign_in_on_its_own_and_brings_the_words(browser, accounts, somebody, live_server):
    page, complaints = opened(browser)
    key_of_its_own(page.context, page)
    add_passkey(page, accounts, alone=True)
    page.goto(accounts + "logout/")
    press(page, "Sign out here")
    page.goto(accounts + "login/?next=/accounts/sessions/")
    token = kept.seal("/accounts/email/", {"text": "what I wrote"})
    page.evaluate("(token) => document.querySelectorAll('[name=kept]').forEach((i) => i.value = token)", token)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(accounts + "sessions/")
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == "sessionid")
    from django.contrib.sessions.backends.db import SessionStore

    stored = SessionStore(cookie)
    assert kept.unseal(stored[kept.IN_SITTING]["/accounts/email/"]).fields == {"text": "what I wrote"}
    assert {"method": "mfa", "type": "webauthn", "passwordless": True}.items() <= stored[
        "account_authentication_methods"
    ][-1].items()
    assert not blocked(complaints)


def test_a_passkey_is_taken_out_after_giving_it_again(browser, accounts, somebody):
    page, _complaints = opened(browser)
    key_of_its_own(page.context, page)
    add_passkey(page, accounts, alone=False)
    page.goto(accounts + "2fa/")
    assert not faults(page)
    page.get_by_role("link", name="Take out").click()
    press(page, "Take it out")
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_passkey_that_says_no_is_told_kindly(browser, accounts, somebody):
    page, _complaints = opened(browser)
    come_in(page, accounts)
    ask_again(page, accounts + "2fa/webauthn/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Add this passkey").click()
    assert page.get_by_text("That did not work this time").is_visible()
    assert not faults(page)
