"""The ways in, and the way back in."""

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import Instead
from communities.models.members import Community, Membership


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
    # What happened in place of what the rule asks for; "" where that is recorded, or no app knows of it.
    instead = models.CharField(max_length=20, choices=Instead.choices, blank=True, db_default="")

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
