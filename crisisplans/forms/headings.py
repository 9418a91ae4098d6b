"""A community's own headings, and whose headings one's plan is written under."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from crisisplans.headings import ALWAYS_ASKED, Heading
from crisisplans.parts import CRISIS, DEVELOPMENT
from crisisplans.services.templates import LONGEST_HINT, LONGEST_TITLE
from people.forms.lengths import SHORTER

# What comes back to its writer when it does not arrive (peernet.written).
WRITTEN = tuple(f"{what}_{part.key}" for part in (*CRISIS, *DEVELOPMENT) for what in ("title", "hint"))
CARRIED = tuple(f"{what}_{part.key}" for part in (*CRISIS, *DEVELOPMENT) for what in ("place", "ask"))


class FollowForm(forms.Form):
    """One of one's communities, or nobody's."""

    choice = forms.ChoiceField(label=_("Whose headings?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, communities: Mapping[str, Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(key, one.name) for key, one in communities.items()]
        field = self.fields["choice"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*chosen, ("", say("The ones everybody starts with"))]


class HeadingsForm(forms.Form):
    """Every part: where it stands, its heading, what stands below it, and whether it is asked for."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, now: Iterable[Heading], **kwargs: Any) -> None:
        """`now`: the headings as they are, in their order."""
        super().__init__(*args, **kwargs)
        self.headings = list(now)
        for place, heading in enumerate(self.headings, 1):
            self._add(place, heading)

    def _add(self, place: int, heading: Heading) -> None:
        key = heading.key
        self.fields[f"title_{key}"] = forms.CharField(
            label=_("Heading"),
            max_length=LONGEST_TITLE,
            required=False,
            initial=heading.title,
            error_messages=SHORTER,
        )
        self.fields[f"hint_{key}"] = forms.CharField(
            label=_("What stands below it"),
            max_length=LONGEST_HINT,
            required=False,
            initial=heading.hint,
            error_messages=SHORTER,
        )
        numeric = forms.TextInput({"inputmode": "numeric"})
        self.fields[f"place_{key}"] = forms.IntegerField(
            label=_("Its place"), min_value=1, max_value=99, initial=place, widget=numeric
        )
        if key not in ALWAYS_ASKED:
            ask = forms.BooleanField(label=_("Plans here ask for it"), required=False, initial=not heading.left_out)
            self.fields[f"ask_{key}"] = ask

    def parts(self) -> list[dict[str, Any]]:
        """For the page: each part with its boxes."""
        return [
            {"heading": one, "boxes": [self[name] for name in self._names(one.key)], "own": str(one.part.title)}
            for one in self.headings
        ]

    def _names(self, key: str) -> list[str]:
        names = (f"{what}_{key}" for what in ("title", "hint", "place", "ask"))
        return [name for name in names if name in self.fields]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the service takes: every part in its new order. Everybody's own words are kept as none."""
        ordered = sorted(enumerate(self.headings, 1), key=lambda pair: self._order(*pair))
        return [self._row(heading) for _place, heading in ordered]

    def _order(self, was: int, heading: Heading) -> tuple[int, int, int]:
        """What was moved to another one's place comes before it on the way up, after it on the way down."""
        place = int(self.cleaned_data[f"place_{heading.key}"])
        return place, (place > was) - (place < was), was

    def _row(self, heading: Heading) -> dict[str, Any]:
        sent, part = self.cleaned_data, heading.part
        title, hint = sent[f"title_{part.key}"], sent[f"hint_{part.key}"]
        return {
            "key": part.key,
            "title": "" if title == str(part.title) else title,
            "hint": "" if hint == str(part.hint) else hint,
            "hidden": not sent.get(f"ask_{part.key}", True),
        }
