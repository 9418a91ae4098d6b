"""What is said of a group, of one session, and of a place: in plain choices, by London's clock."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clock.london import first_moment
from communities.choosing import offer
from meetings.lifecycle.timetable import GroupKind, StepFree
from meetings.models import LONGEST_NAME, Venue
from meetings.models.groups import LONGEST, SHORTEST
from meetings.recurrence import LAST
from meetings.said import Moved, SessionSaid, VenueSaid
from meetings.services.checking import (
    LONGEST_ABOUT,
    LONGEST_LINK,
    LONGEST_PLACE,
    LONGEST_WHY,
    check_ahead,
    check_clock,
    check_link,
)
from people.forms.lengths import SHORTER

NOWHERE = [("", _("None of these"))]
NOBODY = [("", _("Nobody of staff"))]
NTH = [(1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (LAST, _("last"))]
KINDS = [
    (GroupKind.PROGRAMME, _("Part of the programme")),
    (GroupKind.GROUP, _("A group beside it")),
    (GroupKind.MEETING, _("The community meeting: each one has its agenda")),
]


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """One day."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day.")},
    )


def why_field() -> forms.CharField:
    """Why a session is not as the timetable says."""
    return forms.CharField(
        label=_("Why, in a few words"),
        help_text=_("Everybody who sees the timetable reads this. No names, please."),
        required=False,
        max_length=LONGEST_WHY,
        error_messages=SHORTER,
    )


def time_field(label: Any, help_text: Any = "") -> forms.TimeField:
    """One time of the day."""
    return forms.TimeField(
        label=label,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Please choose a time.")},
    )


class Asking(forms.Form):
    """A form that asks the services' own questions before it is sent on: each answer stands at its field."""

    def ask(self, *questions: Callable[[], object]) -> None:
        """Ask each; what is wrong goes to the field it is about, or to the top."""
        for question in questions:
            try:
                question()
            except ValidationError as wrong:
                for name, said in wrong.message_dict.items():
                    self.add_error(name if name in self.fields else None, said)


class WhereForm(Asking):
    """Where something is: a place on the list, some words, an online address."""

    venue = forms.TypedChoiceField(label=_("Where?"), required=False, coerce=int, empty_value=None)
    place = forms.CharField(
        label=_("Where, in words"),
        help_text=_("If it is none of these: “in the park, at the north gate”."),
        required=False,
        max_length=LONGEST_PLACE,
        error_messages=SHORTER,
    )
    link = forms.CharField(
        label=_("Online address"),
        help_text=_("For those who come in from home. It begins with https:// and only people here see it."),
        required=False,
        max_length=LONGEST_LINK,
        error_messages=SHORTER,
    )

    def __init__(self, *args: Any, venues: Iterable[Venue], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.venues = now, {venue.pk: venue for venue in venues}
        offer(self, "venue", [*NOWHERE, *((venue.pk, venue.name) for venue in self.venues.values())])

    @property
    def at(self) -> Venue | None:
        """The place on the list that was chosen."""
        return self.venues.get(self.cleaned_data.get("venue") or 0)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        for name, said in check_link(sent.get("link", "")).items():
            self.add_error(name, said)
        return sent


def minutes_between(starts: time, ends: time) -> int:
    """How long it is; an end at or before the beginning is on the next day."""
    one = datetime.combine(date(2000, 1, 1), starts)
    other = datetime.combine(date(2000, 1, 1), ends)
    return ((other - one) % timedelta(days=1)) // timedelta(minutes=1)


class TimeForm(WhereForm):
    """When something is, on one day."""

    day = day_field(_("On which day?"))
    starts = time_field(_("From"))
    ends = time_field(_("To"))

    @property
    def starts_at(self) -> datetime:
        """The moment that was chosen."""
        return first_moment(self.cleaned_data["day"], self.cleaned_data["starts"])

    @property
    def minutes(self) -> int:
        """How long it is."""
        return minutes_between(self.cleaned_data["starts"], self.cleaned_data["ends"])

    def clean(self) -> dict[str, Any]:
        sent = super().clean()
        # Read before any of it is found wrong: what is wrong is taken out of what was sent.
        long_enough = not {"starts", "ends"} <= set(sent) or SHORTEST <= self.minutes <= LONGEST
        if {"day", "starts"} <= set(sent):
            day, starts, starts_at = sent["day"], sent["starts"], self.starts_at
            self.ask(lambda: check_clock(day, starts), lambda: check_ahead(starts_at, self.now))
        if not long_enough:
            self.add_error("ends", _("Please look at the end again: it can last from 5 minutes to 12 hours."))
        return sent


class MoveSessionForm(TimeForm):
    """Another time or place for one session."""

    field_order = ("day", "starts", "ends", "venue", "place", "link", "words")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    words = why_field()

    @property
    def said(self) -> Moved:
        """What was said."""
        sent = self.cleaned_data
        return Moved(self.starts_at, self.minutes, self.at, sent["place"], sent["link"], sent["words"])


class CancelSessionForm(forms.Form):
    """Why a session is called off."""

    words = why_field()


class ExtraForm(TimeForm):
    """An extra session, beside what the rules name."""

    field_order = ("title", "day", "starts", "ends", "venue", "place", "link", "words")
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name."), **SHORTER},
    )
    words = forms.CharField(
        label=_("What is it for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_ABOUT,
        error_messages=SHORTER,
    )

    @property
    def said(self) -> SessionSaid:
        """What was said."""
        sent = self.cleaned_data
        where = {"venue": self.at, "place": sent["place"], "link": sent["link"]}
        return SessionSaid(sent["title"], self.starts_at, self.minutes, about=sent["words"], **where)


class VenueForm(forms.Form):
    """A place."""

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name."), **SHORTER},
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=300, error_messages=SHORTER)
    travel = forms.CharField(
        label=_("How to get there"),
        help_text=_("The bus and its stop, where to park, which door, where to wait."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
        error_messages=SHORTER,
    )
    step_free = forms.ChoiceField(
        label=_("Can somebody who can't use steps come in?"),
        widget=forms.RadioSelect,
        choices=[(value, capfirst(label)) for value, label in StepFree.choices],
        initial=StepFree.ASK,
        error_messages={"required": _("Please choose one.")},
    )
    step_free_words = forms.CharField(
        label=_("More about that"),
        help_text=_("Such as the lift, the width of a door, the toilet."),
        required=False,
        max_length=300,
        error_messages=SHORTER,
    )

    def __init__(self, *args: Any, others: Iterable[Venue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = {venue.name for venue in others}

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if title in self.taken:
            raise ValidationError(_("There is a place of this name already."))
        return title

    @property
    def said(self) -> VenueSaid:
        """What was said."""
        sent = self.cleaned_data
        steps = {"step_free": sent["step_free"], "step_free_words": sent["step_free_words"]}
        return VenueSaid(sent["title"], sent["address"], sent["travel"], **steps)
