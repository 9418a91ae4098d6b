"""The forms of bringing a plan in: the words first, then which parts are right."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from communities.choosing import offer
from crisisplans.along.brought import LARGEST, Brought, NotRead, read
from crisisplans.forms.writing import HIGHEST
from crisisplans.lifecycle import PlanKind
from crisisplans.queries.own import OwnPlan
from crisisplans.queries.taking import headings_in_use
from crisisplans.responsibility import edition_for, sentence

Owned = dict[str, OwnPlan | None]


class BroughtForm(forms.Form):
    """A file, or the words themselves. `brought` is what was found in them."""

    brought: Brought
    plan_file = forms.FileField(
        label=_("A file that was kept from here"),
        help_text=_("The text or the data, not a PDF."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.json,text/plain,application/json"}),
    )
    text = forms.CharField(
        label=_("Or put the words here"),
        help_text=_("A heading is a line with a few dashes on the line below it."),
        required=False,
        strip=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, own: Owned, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        file = sent.get("plan_file")
        if not file and not sent.get("text", "").strip():
            raise forms.ValidationError(_("Nothing has come. Is the file larger than a plan can be, or the box empty?"))
        words = _words_in(file) if file else sent["text"]
        try:
            self.brought = read(words, headings_in_use(self.own))
        except NotRead as said:
            self.add_error("plan_file" if file else "text", str(said))
        return sent


class TakeInForm(forms.Form):
    """What was found, part by part: which of it is right, and the sentence where a crisis plan is among it."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
    version_growing = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=HIGHEST)
    take = forms.MultipleChoiceField(
        label=_("Which parts shall be taken in?"), widget=forms.CheckboxSelectMultiple, required=True
    )
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, brought: Brought, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brought = brought
        offer(self, "take", choices)
        self.fields["take"].error_messages["required"] = _("Please tick at least one part. Or leave it all as it is.")
        self.fields["agreed"].label = sentence()
        self.has_crisis = any(value.startswith(f"{PlanKind.CRISIS}:") for value, _label in choices)

    @property
    def chosen(self) -> set[tuple[str, str]]:
        """The parts that were ticked, by kind and key."""
        found = (value.partition(":") for value in self.cleaned_data["take"])
        return {(kind, key) for kind, _colon, key in found}

    @property
    def seen(self) -> dict[str, int]:
        """By kind of plan the version that stood beside what was brought."""
        sent = self.cleaned_data
        return {PlanKind.CRISIS: sent["version"], PlanKind.DEVELOPMENT: sent["version_growing"]}

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        needs = any(value.startswith(f"{PlanKind.CRISIS}:") for value in sent.get("take", ()))
        if needs and not (sent.get("agreed") and sent.get("edition") == edition_for(PlanKind.CRISIS)):
            self.add_error("agreed", _("Please tick this if it is right for you. Or leave it all as it is."))
        return sent


def _words_in(file: UploadedFile) -> str:
    """The letters of a file, in the two ways that programs write them. Raises `NotRead`'s reason as an error."""
    if (file.size or 0) > LARGEST:
        raise forms.ValidationError({"plan_file": _("This file is larger than a plan can be.")})
    raw = file.read()
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError({"plan_file": _("This file can't be read as words. Is it the text, or the data?")})
