"""Boxes to write in are what Django's own templates make of them, whatever stands in them, but for their length.

With a length a browser cuts what is pasted, and nobody notices. So no box has one, and each says what is too long.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates

from peernet.form_pieces import Renderer

WORDS = ("", "Hello", "<script>\"&'", " two\n lines ", None, 0)
# Filled in by a script, or kept as they are: nobody reads what they say.
UNSAID = {"DraftForm", "PhoneForm.endpoint"}
SAMPLES = ("peernet.gallery",)


class Everything(forms.Form):
    title = forms.CharField(max_length=120, help_text="x")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6, "autofocus": True, "spellcheck": False}))
    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(required=False)
    password = forms.CharField(widget=forms.PasswordInput(render_value=True))
    email = forms.EmailField(max_length=254)
    place = forms.URLField(max_length=254, assume_scheme="https")


def _without_length(box: object) -> str:
    return re.sub(r' maxlength="\d+"', "", str(box).strip())


@pytest.mark.parametrize("words", WORDS)
def test_widgets_read_as_djangos_own_but_for_their_length(words: object) -> None:
    given = dict.fromkeys(Everything.base_fields, words)
    ours, djangos = (Everything(initial=given, renderer=made()) for made in (Renderer, DjangoTemplates))
    for name in given:
        assert str(ours[name]).strip() == _without_length(djangos[name])


def test_widgets_of_a_form_with_faults_read_as_djangos_own_but_for_their_length() -> None:
    sent = {"title": "x" * 200, "key": "no key"}
    ours, djangos = (Everything(sent, renderer=made()) for made in (Renderer, DjangoTemplates))
    for name in Everything.base_fields:
        assert str(ours[name]).strip() == _without_length(djangos[name])


def _our_forms() -> Iterator[type[forms.BaseForm]]:
    ours = {label for label in settings.INSTALLED_APPS if Path(settings.BASE_DIR, label).is_dir()} | {"peernet"}
    for label in sorted(ours):
        for found in pkgutil.walk_packages(importlib.import_module(label).__path__, f"{label}."):
            if "form" in found.name.partition(".")[2]:
                importlib.import_module(found.name)
    waiting = [forms.BaseForm]
    while waiting:
        each = waiting.pop()
        waiting.extend(each.__subclasses__())
        if each.__module__.partition(".")[0] in ours and each.__module__ not in SAMPLES:
            yield each


def test_every_box_with_a_length_says_so_kindly_when_more_is_written() -> None:
    silent = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in set(_our_forms())
        for name, field in getattr(form, "base_fields", {}).items()
        if getattr(field, "max_length", None) and "max_length" not in field.error_messages
        if not {form.__name__, f"{form.__name__}.{name}"} & UNSAID
    ]
    assert not silent, "give them error_messages=SHORTER (people.forms.lengths)"


def test_no_template_or_script_tells_a_browser_to_cut_what_is_pasted() -> None:
    told = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for folder, kind in (("templates", "*.html"), ("static/js", "*.js"))
        for path in Path(settings.BASE_DIR, folder).rglob(kind)
        if "maxlength" in path.read_text(encoding="utf-8").lower()
    ]
    assert not told
