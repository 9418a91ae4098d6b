"""Opening a plan to others: what, to whom, and until when. Nothing is ticked beforehand."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import clock
from communities import names
from communities.choosing import offer
from communities.models import Membership
from crisisplans.link_words import LONGEST_FOR, LONGEST_TOP, LinkWords
from people import tries
from people.forms.lengths import SHORTER

REVIEW_HOURS, NAMED_DAYS, LINK_DAYS = (1, 2, 3, 4), (1, 7, 28, 84), (1, 7, 14, 28)
# Nobody sits in a room with more.
MOST_NAMES = 30
# A full room, written down, looked at again and sent; whoever sees no list could go through all names by trying them.
NAMES_TRIED, TRIED_IN = 2 * MOST_NAMES, timedelta(hours=1)


def hours_in_words(hours: int) -> str:
    """“2 hours”, “1 day”, “4 weeks”."""
    if hours < 24:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if hours < 7 * 24:
        return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
    return ngettext("%(n)s week", "%(n)s weeks", hours // 168) % {"n": hours // 168}


class OpeningForm(forms.Form):
    """What every opening asks: which parts, and until when."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What may be read?"),
        help_text=gettext_lazy("Only the parts you tick. If you change one of them later, they see the new words."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please tick at least one part.")},
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("For how long?"), coerce=int, widget=forms.RadioSelect)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, titles: Mapping[str, str], hours: Iterable[int], usual: int, **kwargs: Any) -> None:
        """`titles`: the parts that hold words, by key. `usual`: how long it lasts unless another is chosen."""
        super().__init__(*args, **kwargs)
        self.titles = titles
        offer(self, "parts", titles.items())
        offer(self, "hours", [(number, hours_in_words(number)) for number in hours])
        self.initial.setdefault("hours", usual)

    @property
    def lasts(self) -> timedelta:
        """How long it is open."""
        return timedelta(hours=self.cleaned_data["hours"])

    def told(self) -> list[tuple[str, str]]:
        """What was chosen, in words, for the second look."""
        chosen = [self.titles[key] for key in self.cleaned_data["parts"]]
        return [(_("What may be read"), ", ".join(chosen)), self.told_end()]

    def told_end(self) -> tuple[str, str]:
        """When it ends, in words."""
        return _("For how long"), hours_in_words(self.cleaned_data["hours"])

    def again(self) -> list[tuple[str, str]]:
        """Everything that was sent, for the form of the second look."""
        sent = cast(QueryDict, self.data)
        return [(name, value) for name in self.fields for value in sent.getlist(name)]


class ChosenReadersForm(OpeningForm):
    """To people whose names one sees: by ticking them."""

    choice = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who may read it?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Not everybody is listed. Some people are away, or would rather not be asked."),
        error_messages={"required": gettext_lazy("Please choose at least one person.")},
    )
    field_order = ("choice", "parts", "hours", "form_key")

    def __init__(self, *args: Any, people: Collection[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        staff = _("%(name)s (staff)")
        shown = [staff % {"name": one.display_name} if one.is_staff else one.display_name for one in people]
        offer(self, "choice", zip(self.people, shown, strict=True))

    @property
    def readers(self) -> list[Membership]:
        """Those who were chosen."""
        return [self.people[pk] for pk in self.cleaned_data["choice"]]

    def told(self) -> list[tuple[str, str]]:
        who = ", ".join(reader.display_name for reader in self.readers)
        return [(_("Who may read it"), who), *super().told()]


class TypedReadersForm(OpeningForm):
    """To people in the room, by those who do not see the list of names: somebody new, or somebody on a break."""

    people_here = forms.CharField(
        label=gettext_lazy("Who may read it?"),
        help_text=gettext_lazy("Write the names they use here, with a comma between them."),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please write at least one name."), **SHORTER},
    )
    field_order = ("people_here", "parts", "hours", "form_key")

    def __init__(self, *args: Any, people: Collection[Membership], asks: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.asks = people, asks
        self.readers: list[Membership] = []

    def clean_people_here(self) -> str:
        written = str(self.cleaned_data["people_here"])
        typed = [name.strip() for name in written.split(",") if name.strip()]
        if len(typed) > MOST_NAMES:
            raise ValidationError(_("That is a lot of names. Please write 30 at most."))
        counter = tries.Counter("plan names", f"membership:{self.asks.pk}", "")
        how_many = len({names.key(name) for name in typed}) or 1
        if not tries.take(counter, now=clock.now(), limit=NAMES_TRIED, window=TRIED_IN, how_many=how_many):
            raise ValidationError(_("Please wait an hour before you try more names."))
        by_name = {one.name_key: one for one in self.people}
        found = {name: by_name.get(names.key(name)) for name in typed}
        if missing := [name for name, reader in found.items() if reader is None]:
            said = _("We can't find %(names)s. They may be away, or would rather not be asked. How do they write it?")
            raise ValidationError(said % {"names": ", ".join(f"“{name}”" for name in missing)})
        self.readers = list({reader.pk: reader for reader in found.values() if reader is not None}.values())
        return written

    def told(self) -> list[tuple[str, str]]:
        who = ", ".join(reader.display_name for reader in self.readers)
        return [(_("Who may read it"), who), *super().told()]


class LinkForm(OpeningForm):
    """For somebody outside."""

    whom = forms.CharField(
        label=gettext_lazy("Who is it for?"),
        help_text=gettext_lazy("For your own list: “my GP” is enough. They do not see it."),
        max_length=LONGEST_FOR,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please write who it is for."), **SHORTER},
    )
    top = forms.CharField(
        label=gettext_lazy("What should stand at the top?"),
        help_text=gettext_lazy("They see no name unless you write one here: “Sam's plan. Ring me first.”"),
        max_length=LONGEST_TOP,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=SHORTER,
    )
    field_order = ("whom", "top", "parts", "hours", "form_key")

    @property
    def words(self) -> LinkWords:
        """What was written about it."""
        return LinkWords(self.cleaned_data["whom"], self.cleaned_data["top"])

    def told(self) -> list[tuple[str, str]]:
        mine = [(_("Who it is for"), self.cleaned_data["whom"])]
        if self.cleaned_data["top"]:
            mine.append((_("At the top"), self.cleaned_data["top"]))
        return [*mine, *super().told()]
