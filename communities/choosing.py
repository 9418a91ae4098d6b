"""Choices of a form that are known only when it is asked for: people, rules, threads."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let this field of a form offer these choices, (value, words), in their order."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)
