"""Communities, who belongs to them, their offices, hours and rules."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.lifecycle import AWAY, DECIDING_OFFICES, HERE, Kind, Office, State, SuspendedFrom
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

    def __str__(self) -> str:
        return self.slug

    @property
    def chain(self) -> str:
        """The name of this community's chain in the record."""
        return f"community:{self.pk}"


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
    def is_staff(self) -> bool:
        return self.kind == Kind.STAFF

    @property
    def is_away(self) -> bool:
        """What others see of a break, inactivity or suspension: the same one word."""
        return self.state in AWAY


class TermQuerySet(models.QuerySet["TermOfOffice"]):
    def in_force(self, now: datetime) -> Self:
        """Terms that have begun and have neither run out nor been given back: they end by themselves."""
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now),
            Q(ended_at__isnull=True) | Q(ended_at__gt=now),
            starts_at__lte=now,
        )


class TermOfOffice(models.Model):
    """An office held from one time to another. `ended_at`: given back or taken before its end."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="terms")
    office = models.CharField(max_length=10, choices=Office.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="communities_term_forwards",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.membership_id}"


class Hours(models.Model):
    """Plain weekly times by London's clock: when one of the Top Three looks (duty), or staff read notices (cover)."""

    class What(models.TextChoices):
        DUTY = "duty"
        COVER = "cover"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="hours")
    what = models.CharField(max_length=5, choices=What.choices)
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    starts = models.TimeField()
    ends = models.TimeField()  # at or before `starts`: the next morning

    class Meta:
        constraints = [models.CheckConstraint(name="communities_weekday", condition=Q(weekday__lte=6))]

    def __str__(self) -> str:
        return f"{self.what} {self.weekday} {self.starts}-{self.ends}"


class Rule(models.Model):
    """One rule in force, in a community's own words where they gave some. What rules there are: communities.rules."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField(max_length=40)
    value = models.JSONField()
    reason = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="communities_a_rule_once")]

    def __str__(self) -> str:
        return self.key


class RuleChange(models.Model):
    """The history of a rule: what it was, what it became, why and by whose decision. Only ever added to."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="rule_changes")
    key = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField()
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.at}"


class Invitation(models.Model):
    """A way into one community: proposed by a member, made a single-use link by one of the Top Three."""

    class Way(models.TextChoices):
        MEMBER = "member"
        CARETAKER = "caretaker"
        STAFF = "staff"

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="invitations")
    way = models.CharField(max_length=10, choices=Way.choices)
    # A word by which those who know recognise it; never a real name.
    label = models.CharField(max_length=60)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="communities_invitation_sent_whole",
                condition=Q(sent_at__isnull=True, token_hash="", expires_at__isnull=True)
                | Q(sent_at__isnull=False, token_hash__gt="", expires_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="communities_one_of_a_link"
            ),
            models.CheckConstraint(
                name="communities_invitation_used_whole",
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SelfReferral(models.Model):
    """A community's open link, where its rules have self-referral. Renewing it ends the old one."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="self_referrals")
    token = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=Q(ended_at__isnull=True), name="communities_one_open_link"
            )
        ]

    def __str__(self) -> str:
        return f"self-referral {self.pk}"


class Admission(models.Model):
    """One voice for admitting a prospective member; two different ones make them a member (domain, section 5)."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="admissions")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "by"], name="communities_one_voice_each")]

    def __str__(self) -> str:
        return f"admission of {self.membership_id}"


class WayBack(models.Model):
    """A way back in for somebody without codes: one of the Top Three and one of staff, together (issue of a link)."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="communities_way_back_by_two", condition=~Q(asked_by=F("confirmed_by"))),
            models.CheckConstraint(
                name="communities_way_back_whole",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"way back {self.pk}"
