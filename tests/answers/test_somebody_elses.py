"""A page that one person left open on a phone, sent while another is signed in there: nobody reads another's words."""

import re
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.test import Client, RequestFactory

from people import kept
from people.models import Person

from .conftest import WORDS
from .forms import TOKEN, read

PASSWORD = "a-long-password"
# Leaving, and no more mails by the link in one, must work when everything else has expired; samples lead nowhere.
WITHOUT_TOKEN = {"components/band.html", "gallery.html", "helpnow/leave.html", "notices/stop.html"}


def sent_by(person: Person) -> dict[str, str]:
    """What a page of this person's sends, with a token from before the next one signed in."""
    return {"text": WORDS, "written_by": kept.mark_of(person.pk), "csrfmiddlewaretoken": TOKEN}


def another(member_of: Person) -> tuple[Client, Person]:
    """Somebody else, signed in on the same phone."""
    other = Person.objects.create_person(
        sign_in_name="birch-river-stone-17", password=PASSWORD, created_at=member_of.created_at
    )
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(other)
    client.get("/help-now/")
    return client, other


def sealed_in(page: object) -> str:
    return next(form["kept"] for form in read(page).forms if "kept" in form)


def test_form_of_another_persons_page_shows_none_of_its_words(person: Person) -> None:
    client, _other = another(person)
    answer = client.post("/fail/nothing/", sent_by(person))
    assert answer.status_code == 403
    assert "Nobody knows" not in answer.content.decode()
    assert "somebody else's words" in answer.content.decode().replace("&#x27;", "'")


def test_whoever_wrote_it_signs_out_the_other_and_has_every_word_back(person: Person) -> None:
    client, _other = another(person)
    page = client.post("/fail/nothing/", sent_by(person))
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": read(page).forms[-1]["csrfmiddlewaretoken"]})
    form = {"kept": sealed_in(page), "csrfmiddlewaretoken": read(page).forms[-1]["csrfmiddlewaretoken"]}
    sign_in = client.post("/accounts/login/?next=/your-words/", form)
    form |= {"login": person.sign_in_name, "password": PASSWORD}
    back = client.post("/accounts/login/?next=/your-words/", form | {"kept": sealed_in(sign_in)}, follow=True)
    assert next(form["text"] for form in read(back).forms if "text" in form) == WORDS


def test_next_person_who_presses_the_button_gets_nothing_of_it(person: Person) -> None:
    client, _other = another(person)
    page = client.post("/fail/nothing/", sent_by(person))
    form = {"kept": sealed_in(page), "csrfmiddlewaretoken": read(page).forms[-1]["csrfmiddlewaretoken"]}
    assert "Nobody knows" not in client.post("/accounts/login/", form, follow=True).content.decode()
    assert "Nobody knows" not in client.get("/your-words/").content.decode()


def test_ones_own_page_from_before_one_signed_in_again_still_shows_its_words(member: Client, person: Person) -> None:
    answer = member.post("/fail/nothing/", sent_by(person))
    assert "Nobody knows" in answer.content.decode()


def test_every_form_with_a_token_says_whose_page_it_is_also_inside_an_include(person: Person) -> None:
    request = RequestFactory().get("/")
    request.user = person
    inside = "{% include inner with csrf_token=csrf_token only %}"
    inner = engines["django"].from_string("{% csrf_token %}").template
    for text in ("{% csrf_token %}", inside):
        page = engines["django"].from_string(text).render({"inner": inner}, request)
        assert f'<input type="hidden" name="written_by" value="{kept.mark_of(person.pk)}">' in page


def test_no_form_that_is_sent_goes_without_a_token() -> None:
    folder = Path(settings.BASE_DIR, "templates")
    without = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL)
        if "csrf_token" not in form
    ]
    assert set(without) <= WITHOUT_TOKEN, without
