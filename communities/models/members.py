"""Communities and who belongs to them, each under the name they chose there."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from communities.lifecycle import AWAY, DECIDING_OFFICES, HERE, Kind, Office, State, SuspendedFrom
from communities.models.offices import TermOfOffice
from people.decisions import Sitting


class Community(models.Model):
    """A group of people who support each other, with its own rules. It can't see any other."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    preset = models.CharField(max_length=30)
    nation = models.CharField(max_length=20, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # After a death: until then words of method wait for a person, and more contacts stand on the front page.
    mourning_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def chain(self) -> str:
        """The name of this community's chain in the record."""
        return f"community:{self.pk}"


def as_active(of: str = "") -> Q:
    """The rule of `Membership.is_as_active` as a part of a question; `of`: how its rows reach the membership."""
    return Q(**{f"{of}state": State.ACTIVE}) | Q(**{f"{of}suspended_from": SuspendedFrom.BOARD})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def here(self) -> Self:
        """Everybody who belongs to a community now, away or not."""
        return self.filter(state__in=HERE)

    def in_office(self, offices: frozenset[Office], now: datetime) -> Self:
        """Active memberships with a term in force in one of these offices."""
        terms = TermOfOffice.objects.in_force(now).filter(membership=models.OuterRef("pk"), office__in=offices)
        return self.filter(models.Exists(terms), state=State.ACTIVE)


class Membership(models.Model):
    """A person in one community, under the name they chose there. Domain code takes this, never a person."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MEMBER)
    state = models.CharField(max_length=12, choices=State.choices)
    display_name = models.CharField(max_length=40)
    # The name folded, so that two people can't look the same to a reader.
    name_key = models.CharField(max_length=80)
    suspended_from = models.CharField(max_length=10, choices=SuspendedFrom.choices, blank=True)
    suspended_until = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()
    state_since = models.DateTimeField()
    # When they were first shown what this place is; none before that.
    welcomed_at = models.DateTimeField(null=True)

    # What this sitting has proved; set by the door for the signed-in person, never stored.
    sitting: Sitting = Sitting()
    # The time by the database's clock, which the door asks in the same question.
    came_in_at: datetime
    # Who holds which offices in the community, by membership; set by the door for pages, never asked by a policy.
    everybodys_offices: Mapping[int, frozenset[Office]] = MappingProxyType({})

    objects: ClassVar[models.Manager[Self]] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="communities_once_a_member"),
            models.UniqueConstraint(fields=["community", "name_key"], name="communities_one_of_a_name"),
            models.CheckConstraint(
                name="communities_suspended_from_what",
                condition=Q(state=State.SUSPENDED, suspended_from__gt="", suspended_until__isnull=False)
                | (~Q(state=State.SUSPENDED) & Q(suspended_from="", suspended_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this member: opaque."""
        return f"membership:{self.pk}"

    @property
    def offices(self) -> frozenset[Office]:
        """The offices this member held when they came in by the door; for the page's frame."""
        return self.everybodys_offices.get(self.pk, frozenset())

    @property
    def decides(self) -> bool:
        """Whether they came in by the door as one of the Top Three (or a caretaker); what they may do, policies say."""
        return bool(self.offices & DECIDING_OFFICES)

    @property
    def is_as_active(self) -> bool:
        """Active, or suspended from the board only: then everything but the board and an office is as for an active
        member (domain, section 5). Of both kinds; of members, `communities.policies.takes_part` says it."""
        return self.state == State.ACTIVE or self.suspended_from == SuspendedFrom.BOARD

    @property
    def is_staff(self) -> bool:
        return self.kind == Kind.STAFF

    @property
    def is_away(self) -> bool:
        """What others see of a break, inactivity or suspension: the same one word."""
        return self.state in AWAY
