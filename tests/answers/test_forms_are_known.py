"""Whatever somebody can write into on this site comes back when it does not arrive (docs/adr/0005)."""

import importlib
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps

from peernet.written import CARRIED, SEVERAL, WRITING

OURS = ("people", "communities", "crisisplans", "boards", "meetings", "moderation", "elections")
# Nobody writes into these: sealed words on their way, a passkey.
APART = {"kept", "credential"}


def our_forms() -> Iterator[type[forms.BaseForm]]:
    # With the addresses comes every form that is on a page, however deep it lies in its app.
    importlib.import_module("peernet.urls")
    for label in OURS:
        if apps.is_installed(label) and importlib.util.find_spec(f"{label}.forms"):
            importlib.import_module(f"{label}.forms")
    waiting = [forms.BaseForm]
    while waiting:
        each = waiting.pop()
        waiting.extend(each.__subclasses__())
        if each.__module__.split(".")[0] in OURS:
            yield each


@pytest.mark.parametrize("form", sorted(set(our_forms()), key=str), ids=lambda form: form.__qualname__)
def test_form_every_text_field_is_given_back_and_every_hidden_one_carried(form):
    for name, field in getattr(form, "base_fields", {}).items():
        if isinstance(field.widget, forms.Textarea):
            assert name in WRITING, f"{name} is written into: name it in peernet/written.py"
        if isinstance(field.widget, forms.HiddenInput) and name not in APART:
            # Words that a second look carries on are words all the same, and come back as such.
            assert name in (*CARRIED, *WRITING), f"{name} is hidden: name it in peernet/written.py, or in APART here"


@pytest.mark.parametrize("form", sorted(set(our_forms()), key=str), ids=lambda form: form.__qualname__)
def test_form_every_field_with_several_ticks_is_given_back_with_all_of_them(form):
    ticked = {
        name for name, field in getattr(form, "base_fields", {}).items() if isinstance(field, forms.MultipleChoiceField)
    }
    assert ticked <= SEVERAL, "more than the last tick comes back only of what peernet/written.py names in SEVERAL"


def test_nothing_given_back_can_be_a_password_or_a_code():
    assert not {"password", "code", "otp", "login", "credential", "token"} & {*WRITING, *CARRIED, *SEVERAL}
    # A ballot is on no page but its own.
    assert "option" not in {*WRITING, *CARRIED, *SEVERAL}
    assert set(CARRIED) >= SEVERAL
