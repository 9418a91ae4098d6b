"""The seal: gives back exactly what went in, to nobody who changed it, and not for ever."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from people import kept

FIELDS = {"text": "Line\r\nline 💜", "form_key": "k"}


@given(st.text(max_size=2_000))
def test_seal_any_text_comes_back_the_same(text):
    assert kept.unseal(kept.seal("/c/fellside/board/new/?a=1", {"text": text})) == kept.Kept(
        "/c/fellside/board/new/?a=1", {"text": text}
    )


def test_seal_thirty_thousand_characters_fit_and_one_more_does_not():
    assert kept.unseal(kept.seal("/a/", {"text": "💜" * 30_000})).fields["text"] == "💜" * 30_000
    with pytest.raises(ValueError, match="too long"):
        kept.seal("/a/", {"text": "💜" * 30_001})


def test_seal_changed_in_any_place_is_refused():
    token = kept.seal("/a/", FIELDS)
    for at in range(0, len(token) - 3, 7):  # the last signs hold bits that stand for nothing
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert kept.unseal(changed) is None
    assert kept.unseal("") is None
    assert kept.unseal("ünreadable") is None


def test_seal_of_another_site_is_refused(settings):
    token = kept.seal("/a/", FIELDS)
    settings.SECRET_KEY = "another secret, of another site"
    assert kept.unseal(token) is None


def test_seal_after_twelve_hours_is_refused():
    with time_machine.travel("2026-11-23T20:00:00Z", tick=False) as clock:
        token = kept.seal("/a/", FIELDS)
        clock.shift(timedelta(hours=12))
        assert kept.unseal(token).fields == FIELDS
        clock.shift(timedelta(seconds=1))
        assert kept.unseal(token) is None


def test_seal_shows_no_word():
    assert "Line" not in kept.seal("/a/", FIELDS)


def sitting() -> SimpleNamespace:
    return SimpleNamespace(session={})


def test_take_gives_the_fields_until_they_have_arrived():
    request = sitting()
    kept.remember(request, kept.Kept("/a/?x=1", FIELDS))
    assert "Line" not in str(request.session)
    assert kept.take(request, "/b/") == {}
    assert kept.take(request, "/a/") == FIELDS
    assert kept.take(request, "/a/") == FIELDS
    kept.let_go(request, "/a/")
    assert kept.take(request, "/a/") == {}


def test_remember_newest_three_addresses_are_kept():
    request = sitting()
    for n in range(4):
        kept.remember(request, kept.Kept(f"/{n}/", {"text": str(n)}))
    assert kept.newest(request) == kept.Kept("/3/", {"text": "3"})
    assert kept.take(request, "/0/") == {}
    assert kept.take(request, "/1/") == {"text": "1"}
