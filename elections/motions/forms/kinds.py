"""Each kind of proposal asks only what it needs."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities import rules
from communities.lifecycle import SuspendedFrom
from elections.motions.asking import LONGEST_TITLE
from elections.motions.forms.proposing import ProposalForm, days_field, value_field, writing
from elections.motions.lifecycle import MotionKind
from elections.motions.queries import staff_here, whom_it_may_be_about

WEEKS = (1, 2, 4, 8, 13)
DAYS = (2, 7, 14, 28)
# What stands for "not one of these" in a list.
EVERYBODY, BOARD, A_MEETING = "everybody", "board", "meeting"
FROM = (
    (SuspendedFrom.BOARD.value, _("From the board")),
    (SuspendedFrom.EVERYTHING.value, _("From everything but their own plan, contacts and letters")),
)


class FreeForm(ProposalForm):
    """Something else, in one's own words."""

    def questions(self) -> dict[str, forms.Field]:
        said = {"required": _("Please write the question.")}
        help_text = _("What members say yes or no to, in one line.")
        return {
            "title": forms.CharField(
                label=_("The question"), help_text=help_text, max_length=LONGEST_TITLE, error_messages=said
            )
        }

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        return {"title": sent["title"]}


class SpecialMeetingForm(ProposalForm):
    """A special meeting."""

    kind = MotionKind.SPECIAL_MEETING


class AboutForm(ProposalForm):
    """About one person."""

    def questions(self) -> dict[str, forms.Field]:
        return {"about": self.people_field(_("Who is it about?"))}

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        return {"about": (self.people[sent["about"]],)}

    def why_help(self) -> Any:
        return _("Members read this, and the person it is about. Say what happened, not what somebody is like.")


class ReturnForm(AboutForm):
    """Somebody who is suspended comes back now."""

    kind = MotionKind.RETURN


class RecallForm(AboutForm):
    """Somebody gives up their office."""

    kind = MotionKind.RECALL


class SuspensionForm(AboutForm):
    """Somebody is suspended for a time."""

    kind = MotionKind.SUSPENSION

    def questions(self) -> dict[str, forms.Field]:
        weeks = [(str(n), ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}) for n in WEEKS]
        said = {"required": self.one_of}
        return super().questions() | {
            "suspended_from": forms.ChoiceField(
                label=_("From what?"), widget=forms.RadioSelect, choices=FROM, error_messages=said
            ),
            "weeks": forms.TypedChoiceField(
                label=_("For how long at most?"), choices=weeks, coerce=int, error_messages=said
            ),
        }

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        return super().more(sent) | {"suspended_from": sent["suspended_from"], "weeks": sent["weeks"]}


class HoldAllForm(ProposalForm):
    """Somebody looks at posts first, one member's or everybody's."""

    kind = MotionKind.HOLD_ALL

    def questions(self) -> dict[str, forms.Field]:
        whom = self.people_field(_("Whose posts?"), first=(EVERYBODY, _("Everybody's")))
        return {"about": whom, "days": days_field(DAYS)}

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        about = () if sent["about"] == EVERYBODY else (self.people[sent["about"]],)
        return {"about": about, "days": int(sent["days"])}


class StaffInvitationForm(ProposalForm):
    """Staff may read the board, or one thread, for a time."""

    kind = MotionKind.STAFF_INVITATION

    def __init__(self, *args: Any, threads: list[tuple[int, str]], **kwargs: Any) -> None:
        self.threads = threads
        super().__init__(*args, **kwargs)

    def questions(self) -> dict[str, forms.Field]:
        staff = [(str(one.pk), one.display_name) for one in staff_here(self.membership)]
        days = days_field(DAYS, first=(A_MEETING, _("Until the next community meeting")))
        return {
            "staff": forms.MultipleChoiceField(
                label=_("Who of staff?"),
                choices=staff,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Please choose who of staff.")},
            ),
            "thread": forms.ChoiceField(
                label=_("What may they read?"),
                choices=[(BOARD, _("The whole board")), *((str(pk), title) for pk, title in self.threads)],
            ),
            "days": days,
        }

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        thread, days = sent["thread"], sent["days"]
        return {
            "staff": tuple(int(pk) for pk in sent["staff"]),
            "thread": None if thread == BOARD else int(thread),
            "days": None if days == A_MEETING else int(days),
        }


class AdmissionForm(ProposalForm):
    """The candidates of a selection day, what they were asked, and how it went."""

    kind = MotionKind.ADMISSION

    def questions(self) -> dict[str, forms.Field]:
        self.people = {str(one.pk): one for one in whom_it_may_be_about(self.kind, self.membership, self.now)}
        return {
            "about": forms.MultipleChoiceField(
                label=_("Who was there?"),
                help_text=_("Members vote on each of them apart."),
                choices=[(pk, one.display_name) for pk, one in self.people.items()],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Please choose who was there.")},
            ),
            "day": forms.DateField(
                label=_("When was the selection day?"),
                widget=forms.DateInput(attrs={"type": "date"}),
                initial=lambda: localdate(self.now),
                error_messages={"required": _("Please give the day."), "invalid": _("Please give the day.")},
            ),
            "questions": writing(_("What were they asked?"), _("One question a line."), required=False, rows=3),
        }

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > localdate(self.now):
            raise ValidationError(_("That day is still to come. You can propose this when it was."))
        return day

    def why_help(self) -> Any:
        return _("How did the day go? Members and staff who vote read this, and those it is about.")

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        people = tuple(self.people[pk] for pk in sent["about"])
        return {"about": people, "day": sent["day"], "questions": sent["questions"]}


class RuleForm(ProposalForm):
    """Another value for one rule."""

    kind = MotionKind.RULE

    def __init__(self, *args: Any, rule: rules.RuleKind, value: Any, **kwargs: Any) -> None:
        self.rule, self.value = rule, value
        super().__init__(*args, **kwargs)

    def questions(self) -> dict[str, forms.Field]:
        return {"value": value_field(self.rule, self.value)}

    def why_help(self) -> Any:
        return _("If members say yes, this stands on the page “How we run this place” as the reason, for everybody.")

    def more(self, sent: dict[str, Any]) -> dict[str, Any]:
        return {"rule": self.rule.key, "value": sent["value"]}


FORMS: dict[str, type[ProposalForm]] = {
    form.kind: form
    for form in (
        AdmissionForm,
        RuleForm,
        SuspensionForm,
        ReturnForm,
        StaffInvitationForm,
        RecallForm,
        SpecialMeetingForm,
        HoldAllForm,
        FreeForm,
    )
}
