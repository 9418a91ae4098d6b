"""Communities, who belongs to them, their offices, hours and rules."""

from communities.models.apart import ApartVoice, KeepApart
from communities.models.joining import Admission, Invitation, SelfReferral, WayBack
from communities.models.members import Community, Membership, MembershipQuerySet, as_active
from communities.models.offices import Hours, TermOfOffice, TermQuerySet
from communities.models.rota import Asking
from communities.models.rules import Rule, RuleChange
from communities.models.standing import StateSince, state_at

__all__ = [
    "Admission",
    "ApartVoice",
    "Asking",
    "Community",
    "Hours",
    "Invitation",
    "KeepApart",
    "Membership",
    "MembershipQuerySet",
    "Rule",
    "RuleChange",
    "SelfReferral",
    "StateSince",
    "TermOfOffice",
    "TermQuerySet",
    "WayBack",
    "as_active",
    "state_at",
]
