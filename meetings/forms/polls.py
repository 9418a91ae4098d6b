"""What is written for a poll of times: what it is for, ticks for the times, and one's own answer."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.choosing import offer
from communities.hours import clock_words
from communities.week import day_name
from meetings.lifecycle.polls import Rhythm, Suits
from meetings.models import LONGEST_NAME, PollTime
from meetings.poll_times import EARLIEST, LATEST, MOST_TIMES, Moment, has_gone_by, key_of, spread, time_words
from meetings.queries.polls import TimeShown
from meetings.services.polls import LONGEST_PLACE, LONGEST_WORDS, PollSaid
from meetings.services.settling_polls import MOST_CHOSEN
from people.forms.lengths import SHORTER

HOURS = (time(10), time(12), time(14), time(16), time(18), time(18, 30), time(19), time(19, 30), time(20))
DAY_TICKS = {f"on_{day}": day for day in range(7)}
HOUR_TICKS = {f"at_{hour:%H%M}": hour for hour in HOURS}
# Ticks that come back with the words beside them (peernet.written).
TICKS = (*DAY_TICKS, *HOUR_TICKS, "at_other")
LASTS = (30, 45, 60, 90, 120, 180, 240)
OFTEN = [
    (Rhythm.ONCE, gettext_lazy("Once, or a few single times")),
    (Rhythm.WEEKLY, gettext_lazy("Every week")),
    (Rhythm.FORTNIGHTLY, gettext_lazy("Every two weeks")),
]


class Tick(forms.BooleanField):
    """One of several ticks. An error of all of them is told at the first, and is not about a Monday: `of_all`."""

    def __init__(self, *, label: Any, of_all: str) -> None:
        super().__init__(label=label, required=False)
        self.of_all = of_all


class AskTimesForm(forms.Form):
    """What it is for, and ticks for days and hours: every hour on every day is asked about."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("A few words, such as “Walking group”."),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Please say in a few words what it is for."), **SHORTER},
    )
    often = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        widget=forms.RadioSelect,
        choices=OFTEN,
        initial=Rhythm.ONCE,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    minutes = forms.TypedChoiceField(label=gettext_lazy("How long?"), coerce=int, initial=90)
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("In how many weeks from tomorrow?"),
        help_text=gettext_lazy("Only for single times."),
        coerce=int,
        choices=[
            (1, gettext_lazy("In the next week")),
            (2, gettext_lazy("In two weeks")),
            (3, gettext_lazy("In three")),
        ],
        initial=1,
    )
    at_other = forms.TimeField(
        label=gettext_lazy("Another time of day"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
        error_messages={"invalid": gettext_lazy("Please write a time such as 17:30.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Where?"), required=False, max_length=LONGEST_PLACE, error_messages=SHORTER
    )
    words = forms.CharField(
        label=gettext_lazy("Anything else?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages=SHORTER,
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        offer(self, "minutes", [(lasts, lasts_words(lasts)) for lasts in LASTS])
        for name, day in DAY_TICKS.items():
            self.fields[name] = Tick(label=day_name(day), of_all=self.day_title)
        for name, hour in HOUR_TICKS.items():
            self.fields[name] = Tick(label=clock_words(hour), of_all=self.hour_title)

    @property
    def day_title(self) -> str:
        """What the seven days are asked for."""
        return _("On which days?")

    @property
    def hour_title(self) -> str:
        """What the hours are asked for."""
        return _("At what time of day?")

    @property
    def day_ticks(self) -> list[forms.BoundField]:
        """The seven days."""
        return [self[name] for name in DAY_TICKS]

    @property
    def hour_ticks(self) -> list[forms.BoundField]:
        """The hours that are offered."""
        return [self[name] for name in HOUR_TICKS]

    @property
    def times(self) -> list[Moment]:
        """The times that were ticked, the first one first."""
        sent = self.cleaned_data
        days = [day for name, day in DAY_TICKS.items() if sent.get(name)]
        hours = [hour for name, hour in HOUR_TICKS.items() if sent.get(name)]
        hours += [sent["at_other"]] if sent.get("at_other") else []
        weeks = sent["weeks"] if sent["often"] == Rhythm.ONCE else 1
        return spread(days, hours, weeks=weeks, today=self.today)

    @property
    def said(self) -> PollSaid:
        """What was written."""
        sent = self.cleaned_data
        return PollSaid(sent["title"], sent["minutes"], sent["often"], sent["words"], sent["place"])

    def clean_at_other(self) -> time | None:
        other: time | None = self.cleaned_data["at_other"]
        if other is not None and not EARLIEST <= other <= LATEST:
            raise ValidationError(_("Please choose a time between 6 in the morning and 11 at night."))
        return other

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if {"often", "weeks", "at_other"} <= sent.keys():
            self._check_ticks(sent)
        return sent

    def _check_ticks(self, sent: dict[str, Any]) -> None:
        if not any(sent.get(name) for name in DAY_TICKS):
            self.add_error("on_0", _("Please tick at least one day."))
        elif not any(sent.get(name) for name in (*HOUR_TICKS, "at_other")):
            self.add_error("at_1000", _("Please tick at least one time of day."))
        elif len(self.times) > MOST_TIMES:
            said = _("That makes %(n)s times. Please tick fewer: %(most)s at most.")
            self.add_error("on_0", said % {"n": len(self.times), "most": MOST_TIMES})


class MarksForm(forms.Form):
    """One's own answer: how each time suits."""

    def __init__(self, data: Any = None, *, times: Iterable[TimeShown], rhythm: str) -> None:
        super().__init__(data)
        self.by_name = {f"time_{shown.time.pk}": shown for shown in times}
        for name, shown in self.by_name.items():
            self.fields[name] = forms.ChoiceField(
                label=time_words(shown.time.day, shown.time.starts, rhythm),
                widget=forms.RadioSelect,
                choices=[(Suits.WELL, _("Suits me")), (Suits.IF_NEED_BE, _("If need be")), ("", _("No"))],
                initial=shown.mine,
                required=False,
            )

    @property
    def marks(self) -> dict[int, str]:
        """How each time suits, by its number; those that don't are left out."""
        return {
            shown.time.pk: self.cleaned_data[name] for name, shown in self.by_name.items() if self.cleaned_data[name]
        }


class ChangeTimesForm(forms.Form):
    """Times to ask about no more, and one to ask about as well."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    take_out = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Ask no more about"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    day = forms.DateField(
        label=gettext_lazy("Another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    starts = forms.TimeField(
        label=gettext_lazy("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )

    def __init__(self, data: Any = None, *, times: Iterable[PollTime], rhythm: str, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today, self.rhythm = today, rhythm
        self.asked = {time.pk: (time.day, time.starts) for time in times}
        offer(self, "take_out", [(pk, time_words(*moment, rhythm)) for pk, moment in self.asked.items()])
        if rhythm != Rhythm.ONCE:
            self.fields["day"].help_text = _("Any such day of the week.")

    @property
    def add(self) -> list[Moment]:
        """The time that was added."""
        sent = self.cleaned_data
        return [(sent["day"], sent["starts"])] if sent["day"] else []

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and not 0 < (day - self.today).days < 366:
            raise ValidationError(_("Please choose a day from tomorrow on, in the next year."))
        return day

    def clean_starts(self) -> time | None:
        starts: time | None = self.cleaned_data["starts"]
        if starts is not None and not EARLIEST <= starts <= LATEST:
            raise ValidationError(_("Please choose a time between 6 in the morning and 11 at night."))
        return starts

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if {"day", "starts", "take_out"} <= sent.keys():
            self._check_whole(sent)
        return sent

    def _check_whole(self, sent: dict[str, Any]) -> None:
        if bool(sent["day"]) != bool(sent["starts"]):
            self.add_error("starts" if sent["day"] else "day", _("Please give both: a day and a time."))
            return
        stay = [moment for pk, moment in self.asked.items() if pk not in sent["take_out"]]
        left = {key_of(*moment, self.rhythm) for moment in [*stay, *self.add]}
        if not left:
            self.add_error("take_out", _("Please leave at least one time, or ask no more at all."))
        if len(left) > MOST_TIMES:
            self.add_error("day", _("There are many times already. Please take one out first."))


class SettleForm(forms.Form):
    """Which times become sessions."""

    times = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which times do we take?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose at least one time.")},
    )

    def __init__(self, data: Any = None, *, times: Iterable[TimeShown], rhythm: str, now: datetime) -> None:
        super().__init__(data)
        listed = [one for one in times if not has_gone_by(one.time.day, one.time.starts, rhythm, now)]
        offer(self, "times", [(shown.time.pk, choice_words(shown, rhythm)) for shown in listed])
        best = [shown.time.pk for shown in listed if shown.is_best]
        self.fields["times"].initial = best if len(best) == 1 else []

    def clean_times(self) -> list[int]:
        times: list[int] = self.cleaned_data["times"]
        if len(times) > MOST_CHOSEN:
            raise ValidationError(_("Please choose four times at most."))
        return times


def lasts_words(minutes: int) -> str:
    """“an hour and a half” as people tick it: “1 hour 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    words = [_("%(n)s hours") % {"n": hours} if hours > 1 else _("1 hour")] if hours else []
    words += [_("%(n)s minutes") % {"n": rest}] if rest else []
    return " ".join(words)


def choice_words(shown: TimeShown, rhythm: str) -> str:
    """“Tuesday 8 December, 7 pm: 5 can come, 1 of them if need be”, or “nobody yet”."""
    words = {
        "when": time_words(shown.time.day, shown.time.starts, rhythm),
        "can": shown.count.can,
        "if": shown.count.if_need_be,
    }
    if shown.count.if_need_be:
        return _("%(when)s: %(can)s can come, %(if)s of them if need be") % words
    said = _("%(when)s: %(can)s can come") if shown.count.can else _("%(when)s: nobody yet")
    return said % words
