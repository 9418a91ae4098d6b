"""What is said of a group: what it is, how often, when, where, for whom."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from clock.london import day_of
from communities.choosing import offer
from communities.models import Community, Membership
from communities.week import day_name
from meetings.forms.timetable import (
    KINDS,
    NOBODY,
    NTH,
    Asking,
    WhereForm,
    day_field,
    minutes_between,
    time_field,
)
from meetings.lifecycle.timetable import GroupKind, OnBankHolidays
from meetings.models import LONGEST_NAME, Group
from meetings.recurrence import Frequency, Often, read_rule
from meetings.said import GroupSaid
from meetings.services.checking import LONGEST_ABOUT, check_last_day, check_rule, check_said
from people.forms.lengths import SHORTER

# What only those who keep the whole timetable say.
KEEPERS = ("kind", "counts", "facilitator", "member_led")


class GroupForm(WhereForm):
    """A group and its rule. For those who don't keep the timetable it is one that members lead."""

    field_order = (
        *("title", "words", "kind", "frequency", "weekdays", "nth", "day", "until", "starts", "ends"),
        *("on_bank_holidays", "venue", "link", "room", "member_led", "facilitator", "counts"),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name."), **SHORTER},
    )
    words = forms.CharField(
        label=_("What is it, and for whom?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST_ABOUT,
        error_messages=SHORTER,
    )
    kind = forms.ChoiceField(
        label=_("What kind is it?"), widget=forms.RadioSelect, choices=KINDS, initial=GroupKind.GROUP
    )
    frequency = forms.ChoiceField(
        label=_("How often?"),
        widget=forms.RadioSelect,
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        error_messages={"required": _("Please choose one.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days of the week?"),
        help_text=_("If you choose none, it is the day of the week of the first day."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        coerce=int,
    )
    nth = forms.TypedChoiceField(
        label=_("Which one of the month?"),
        help_text=_("Only if it is every month: the second Tuesday, the last Friday."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=NTH,
    )
    day = day_field(_("From which day on?"))
    until = day_field(_("Until which day?"), required=False, help_text=_("Leave it empty if it just goes on."))
    starts = time_field(_("From"))
    ends = time_field(_("To"))
    on_bank_holidays = forms.ChoiceField(
        label=_("And on bank holidays?"),
        widget=forms.RadioSelect,
        choices=[(OnBankHolidays.RESTS, _("No session")), (OnBankHolidays.MEETS, _("We meet all the same"))],
        initial=OnBankHolidays.RESTS,
    )
    room = forms.IntegerField(
        label=_("How many can come?"),
        help_text=_("Whoever comes later waits for a place. Leave it empty if there is always room."),
        required=False,
        min_value=1,
        max_value=500,
        error_messages=dict.fromkeys(
            ("min_value", "max_value", "invalid"), _("Please give a number from 1 to 500, or leave it empty.")
        ),
    )
    member_led = forms.BooleanField(label=_("Members lead it themselves"), required=False)
    facilitator = forms.TypedChoiceField(
        label=_("Who of staff leads it?"), required=False, coerce=int, empty_value=None
    )
    counts = forms.BooleanField(
        label=_("It counts when we look who has not been seen"),
        help_text=_("How we run this place says what follows from that."),
        required=False,
    )

    def __init__(self, *args: Any, community: Community, staff: list[Membership], keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.staff = community, {one.pk: one for one in staff}
        del self.fields["place"]
        offer(self, "weekdays", [(day, day_name(day)) for day in range(7)])
        if keeps:
            offer(self, "facilitator", [*NOBODY, *((one.pk, one.display_name) for one in staff)])
        else:
            for name in KEEPERS:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        sent = super().clean()
        if not self.errors:
            said = self.said
            self.ask(lambda: check_said(said, self.community), lambda: check_rule(said, self.now))
        return sent

    @property
    def often(self) -> Often:
        """How often: the first day's day of the week, where none was chosen."""
        sent = self.cleaned_data
        frequency, days = Frequency(sent["frequency"]), tuple(sorted(sent["weekdays"])) or (sent["day"].weekday(),)
        if frequency == Frequency.ONCE:
            return Often(frequency)
        if frequency == Frequency.MONTHLY:
            return Often(frequency, days, sent["nth"] or 1, sent["until"])
        return Often(frequency, days, 0, sent["until"])

    @property
    def said(self) -> GroupSaid:
        """What was said."""
        sent = self.cleaned_data
        return GroupSaid(
            title=sent["title"],
            about=sent["words"],
            often=self.often,
            first_day=sent["day"],
            starts=sent["starts"],
            minutes=minutes_between(sent["starts"], sent["ends"]),
            venue=self.at,
            link=sent["link"],
            room=sent["room"],
            on_bank_holidays=sent["on_bank_holidays"],
            kind=sent.get("kind", GroupKind.GROUP),
            counts=sent.get("counts", False),
            facilitator=self.staff.get(sent.get("facilitator") or 0),
            member_led=sent.get("member_led", "member_led" not in self.fields),
        )


def as_it_is(group: Group) -> dict[str, Any]:
    """A group as the form shows it."""
    often = read_rule(group.rule)
    ends = (datetime.combine(group.first_day, group.starts) + group.length).time()
    same = ("title", "kind", "counts", "starts", "link", "room", "member_led", "on_bank_holidays", "edition")
    return {name: getattr(group, name) for name in same} | {
        "words": group.about,
        "frequency": often.frequency,
        "weekdays": list(often.weekdays),
        "nth": often.nth or 1,
        "day": group.first_day,
        "until": often.until,
        "ends": ends,
        "venue": group.venue_id,
        "facilitator": group.facilitator_id,
    }


class EndGroupForm(Asking):
    """After which day a group ends."""

    day = day_field(_("Which is the last day it may meet?"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day < day_of(self.now):
            raise forms.ValidationError(_("Please choose today or a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if "day" in sent:
            self.ask(lambda: check_last_day(sent["day"], self.now))
        return sent
