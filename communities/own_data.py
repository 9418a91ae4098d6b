"""What communities hold about one of their people."""

from django.utils.translation import gettext_lazy as _

from communities.models import (
    Admission,
    ApartVoice,
    Asking,
    Community,
    Hours,
    Invitation,
    KeepApart,
    Membership,
    Rule,
    RuleChange,
    SelfReferral,
    StateSince,
    TermOfOffice,
    WayBack,
)
from people.own import NUMBER, OTHERS, SECRET, TWICE, YOU, Part

_OF_ALL = _("It belongs to the community and says nothing about one person.")


# Which community a row is of: by itself, or by the membership it is about. For upper apps as well.
OF_COMMUNITY = {"community": (_("Community"), lambda row: row.community.name)}
OF_MEMBERSHIP = {"community": (_("Community"), lambda row: row.membership.community.name)}
_ASKED = {
    "on": _("Day"),
    "starts": _("From"),
    "ends": _("To"),
    "back_on": _("Day in return"),
    "back_starts": _("From, in return"),
    "back_ends": _("To, in return"),
}


PARTS = [
    Part(
        key="memberships",
        title=_("Your communities"),
        model=Membership,
        mine=lambda person: Membership.objects.filter(person=person).select_related("community"),
        fields={
            "display_name": _("Your name there"),
            "kind": _("You are there as"),
            "state": _("State"),
            "state_since": _("Since"),
            "joined_at": _("Came in"),
            "suspended_from": _("Suspended from"),
            "suspended_until": _("Until at the latest"),
            "welcomed_at": _("Welcomed"),
        },
        left_out={"id": NUMBER, "person": YOU, "community": TWICE, "name_key": TWICE},
        also=OF_COMMUNITY,
    ),
    Part(
        key="states",
        title=_("How you stood here, and since when"),
        model=StateSince,
        mine=lambda person: StateSince.objects.filter(membership__person=person).select_related(
            "membership__community"
        ),
        fields={"state": _("State"), "since": _("Since")},
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="terms",
        title=_("Your offices"),
        model=TermOfOffice,
        mine=lambda person: TermOfOffice.objects.filter(membership__person=person).select_related(
            "membership__community"
        ),
        fields={
            "office": _("Office"),
            "starts_at": _("From"),
            "ends_at": _("To"),
            "ended_at": _("Ended before that"),
        },
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="hours",
        title=_("Hours when you look"),
        model=Hours,
        mine=lambda person: Hours.objects.filter(membership__person=person).select_related("membership__community"),
        fields={
            "what": _("Kind"),
            "weekday": _("Day (0 is Monday)"),
            "starts": _("From"),
            "ends": _("To"),
            "on": _("Only on this day"),
        },
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="times_asked",
        title=_("Times you asked others to take over"),
        model=Asking,
        mine=lambda person: Asking.objects.filter(by__person=person),
        fields={**_ASKED, "made_at": _("Asked"), "state": _("State"), "settled_at": _("Settled")},
        left_out={"id": NUMBER, "by": YOU, "to": OTHERS, "taken_by": OTHERS},
    ),
    Part(
        key="times_taken",
        title=_("Times you took over from others"),
        model=Asking,
        mine=lambda person: Asking.objects.filter(taken_by__person=person),
        fields={**_ASKED, "settled_at": _("Taken")},
        left_out={"by": OTHERS, "taken_by": YOU},
    ),
    Part(
        key="invitations_proposed",
        title=_("Whom you proposed to invite"),
        model=Invitation,
        mine=lambda person: Invitation.objects.filter(proposed_by__person=person).select_related("community"),
        fields={
            "label": _("What you called them"),
            "way": _("As"),
            "proposed_at": _("Proposed"),
            "sent_at": _("A link was made"),
            "expires_at": _("Good until"),
            "withdrawn_at": _("Taken back"),
            "used_at": _("Used"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "proposed_by": YOU,
            "sent_by": OTHERS,
            "used_by": OTHERS,
            "token_hash": SECRET,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="invitations_used",
        title=_("Invitations you came in by"),
        model=Invitation,
        mine=lambda person: Invitation.objects.filter(used_by__person=person).select_related("community"),
        fields={"way": _("As"), "used_at": _("Used")},
        left_out={"label": OTHERS, "proposed_by": OTHERS, "used_by": YOU},
        also=OF_COMMUNITY,
    ),
    Part(
        key="admissions",
        title=_("Voices for admitting you"),
        model=Admission,
        mine=lambda person: Admission.objects.filter(membership__person=person).select_related("membership__community"),
        fields={"at": _("When"), "instead": _("What was said in place of a recorded look at your plan")},
        left_out={"id": NUMBER, "membership": YOU, "by": OTHERS},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="admissions_given",
        title=_("Your voices for admitting others"),
        model=Admission,
        mine=lambda person: Admission.objects.filter(by__person=person),
        fields={"at": _("When"), "instead": _("What you said had happened instead")},
        left_out={"membership": OTHERS, "by": YOU},
    ),
    Part(
        key="ways_back",
        title=_("Ways back begun for you"),
        model=WayBack,
        mine=lambda person: WayBack.objects.filter(membership__person=person),
        fields={"asked_at": _("Begun"), "confirmed_at": _("Confirmed")},
        left_out={"id": NUMBER, "membership": YOU, "asked_by": OTHERS, "confirmed_by": OTHERS},
    ),
    Part(
        key="kept_apart",
        title=_("Whom you asked to be kept apart from"),
        model=KeepApart,
        # Of the one who asked alone. The other must never learn of it, from no file either (domain, section 8).
        mine=lambda person: KeepApart.objects.filter(asker__person=person).select_related("community"),
        fields={
            "asked_at": _("Asked"),
            "words": _("What was written of it"),
            "state": _("State"),
            "since": _("In force since"),
            "closed_at": _("Ended"),
            "answer": _("What they wrote to you"),
        },
        left_out={"id": NUMBER, "community": TWICE, "asker": YOU, "other": OTHERS, "begun_by": OTHERS},
        also=OF_COMMUNITY,
    ),
    Part(
        key="apart_voices",
        title=_("What you said to others who asked to be kept apart"),
        model=ApartVoice,
        mine=lambda person: ApartVoice.objects.filter(by__person=person),
        fields={"says": _("What you said"), "words": _("What you wrote to them"), "at": _("When")},
        left_out={"id": NUMBER, "apart": OTHERS, "by": YOU},
    ),
]

NOT_OWN = {Community: _OF_ALL, Rule: _OF_ALL, RuleChange: _OF_ALL, SelfReferral: _OF_ALL}
