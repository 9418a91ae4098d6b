"""Boxes to write in are what Django's own templates make of them, whatever stands in them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from peernet.form_pieces import Renderer

WORDS = ("", "Hello", "<script>\"&'", " two\n lines ", None, 0)


class Everything(forms.Form):
    title = forms.CharField(max_length=120, help_text="x")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6, "autofocus": True, "spellcheck": False}))
    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(required=False)
    password = forms.CharField(widget=forms.PasswordInput(render_value=True))


@pytest.mark.parametrize("words", WORDS)
def test_widgets_read_as_djangos_own(words: object) -> None:
    given = dict.fromkeys(Everything.base_fields, words)
    ours, djangos = (Everything(initial=given, renderer=made()) for made in (Renderer, DjangoTemplates))
    for name in given:
        assert str(ours[name]).strip() == str(djangos[name]).strip()


def test_widgets_of_a_form_with_faults_read_as_djangos_own() -> None:
    sent = {"title": "x" * 200, "key": "no key"}
    ours, djangos = (Everything(sent, renderer=made()) for made in (Renderer, DjangoTemplates))
    for name in Everything.base_fields:
        assert str(ours[name]).strip() == str(djangos[name]).strip()
