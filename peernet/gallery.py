"""Every component in every state on one page, to look at while designing. Only in development."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from boards.live.counts import Counts
from peernet.gallery_samples import SECTIONS, Sample


class SampleForm(forms.Form):
    """One of each widget, so that the field component can be seen with all of them."""

    title = forms.CharField(label="What is it about?", help_text="A few words are enough.", max_length=80)
    text = forms.CharField(label="Your words", widget=forms.Textarea(attrs={"rows": 5}))
    nation = forms.ChoiceField(
        label="Where you live", choices=[("", "Choose one"), ("e", "England"), ("w", "Wales")], required=False
    )
    way = forms.ChoiceField(
        label="How shall we tell you?",
        choices=[("site", "Only here on the site"), ("mail", "By e-mail as well")],
        widget=forms.RadioSelect,
    )
    adult = forms.BooleanField(label="I am 18 or over", help_text="This place is for grown-ups.")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component. Anybody may look; wired only where DEBUG is on."""
    sections = [(name, [_shown(request, sample) for sample in samples]) for name, samples in SECTIONS]
    context = {
        "sections": sections,
        "fresh": SampleForm(auto_id="fresh_%s"),
        "wrong": SampleForm({"title": "", "text": "I wrote this."}, auto_id="wrong_%s"),
        "plain": SampleForm({"text": ""}, auto_id="plain_%s"),
        "first_steps": ["Kettle on, radio on", "Ring Fern before it is bad"],
        "community": SimpleNamespace(name="Fellside Day Community", slug="fellside"),
        "membership": SimpleNamespace(display_name="Moss"),
        **dict.fromkeys(
            ("may_read_board", "may_see_own_waiting", "may_see_votes", "may_read_rules", "may_moderate"), True
        ),
        "counts": Counts(notices=2, waiting=1),
        "page_kind": "board",
        "theme": request.GET.get("theme", ""),
    }
    return render(request, "gallery.html", context)


def _shown(request: HttpRequest, sample: Sample) -> dict[str, Any]:
    name, note, values = sample
    return {"name": name, "note": note, "html": render_to_string(f"components/{name}.html", values, request)}
