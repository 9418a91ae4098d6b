"""A form that comes too late: the sitting is over, the token is old, or both."""

from .conftest import LONG, WORDS
from .forms import TOKEN, form_to, read, send

SENT = {"text": WORDS, "form_key": "k-1"}


def brought(response) -> tuple[str, dict[str, str]]:
    reader = read(response)
    n = next(i for i, action in enumerate(reader.actions) if action.startswith("/accounts/login/"))
    return reader.actions[n], reader.forms[n]


def test_signed_out_writer_sees_the_words_and_a_way_to_bring_them(db, stranger):
    response = send(stranger, "/fail/nothing/", {**SENT, "text": LONG})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Your words are safe here" in page
    assert read(response).bare["words-text"] == LONG
    action, form = brought(response)
    assert action == "/accounts/login/?next=%2Fyour-words%2F"
    from people import kept

    sealed = kept.unseal(form["kept"])
    assert sealed.path == "/fail/nothing/"
    assert sealed.fields == {"text": LONG, "form_key": "k-1"}


def test_signed_out_and_old_token_gives_the_words_back_too(db, stranger):
    response = stranger.post("/fail/nothing/", SENT)
    assert "Your words are safe here" in response.content.decode()
    assert read(response).bare["words-text"] == WORDS


def test_expired_sitting_and_wrong_token_gives_the_words_back_too(member, person):
    member.session.flush()
    member.cookies["csrftoken"] = "y" * 32
    response = member.post("/fail/nothing/", {**SENT, "csrfmiddlewaretoken": TOKEN})
    assert read(response).bare["words-text"] == WORDS


def test_old_token_signed_in_gives_a_form_that_works(member):
    response = member.post("/fail/nothing/", {**SENT, "csrfmiddlewaretoken": "z" * 32})
    assert response.status_code == 403
    again = form_to(response, "/fail/nothing/")
    assert again["text"] == WORDS
    assert member.post("/fail/nothing/", again).content == b"It arrived"


def test_form_from_elsewhere_gives_nothing_back(member, stranger):
    for client in (member, stranger):
        for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            page = client.post("/fail/nothing/", SENT, headers=headers).content.decode()
            assert "Nobody knows" not in page


def test_signed_out_reader_is_sent_to_the_sign_in_page(db, stranger):
    response = stranger.get("/fail/nothing/?page=2")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/fail/nothing/%3Fpage%3D2"


def test_signed_out_button_without_words_says_so(db, stranger):
    response = send(stranger, "/fail/nothing/", {"form_key": "k"})
    assert response.status_code == 403
    assert "You were signed out" in response.content.decode()


def test_too_long_to_be_sealed_words_are_still_shown(db, stranger):
    text = "a" * 30_001
    response = send(stranger, "/fail/nothing/", {"text": text})
    assert form_to(response, "/fail/nothing/")["text"] == text


def test_words_brought_to_a_sign_in_that_fails_are_still_there(db, stranger):
    _, form = brought(send(stranger, "/fail/nothing/", SENT))
    response = stranger.post("/accounts/login/", {"kept": form["kept"], "csrfmiddlewaretoken": "bad"})
    assert response.status_code == 403
    assert form_to(response, "/fail/nothing/")["text"] == WORDS
