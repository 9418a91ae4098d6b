"""The signed-in person: a made sign-in name, a password, and next to nothing else. Real names are never asked for."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class PersonManager(BaseUserManager["Person"]):
    """Makes people; the sign-in name is made by `people.services`, never chosen."""

    def create_person(self, *, sign_in_name: str, password: str | None, **fields: Any) -> "Person":
        """Store a person. Without a password nobody can sign in as them."""
        person = self.model(sign_in_name=sign_in_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Who they are to a community is a membership, not this.

    An e-mail, if there is one, is a proved `EmailAddress` of django-allauth; it is kept in no second place.
    """

    sign_in_name = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    # Which nation's help is shown first; "" shows all of them.
    nation = models.CharField(max_length=20, blank=True)
    # One of the areas that the site's contacts name; "" shows those of all areas.
    area = models.CharField(max_length=60, blank=True, db_default="")
    created_at = models.DateTimeField()
    over_18_at = models.DateTimeField(null=True)
    # When they said that they have put their recovery codes somewhere safe.
    codes_kept_at = models.DateTimeField(null=True)
    # After a way back made by two other people, one's plan stays shut for a day (read by crisisplans).
    plan_closed_until = models.DateTimeField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "sign_in_name"

    def __str__(self) -> str:
        return f"person {self.pk}"


class RecoveryCode(models.Model):
    """One way back for somebody who has lost the password. Shown once; only its keyed digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="one_row_for_each_code")]

    def __str__(self) -> str:
        return f"recovery code of {self.person_id}"


class WayBackLinkQuerySet(models.QuerySet["WayBackLink"]):
    def open_at(self, now: datetime) -> Self:
        """Links that still work."""
        return self.filter(used_at=None, expires_at__gt=now)


class WayBackLink(models.Model):
    """A link two people make together, face to face with its owner, who has neither e-mail nor codes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="way_back_links")
    digest = models.CharField(max_length=64, unique=True)
    # Opaque, "membership:5": people are below communities and know nothing of them.
    made_by_one = models.CharField(max_length=40)
    made_by_two = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = WayBackLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(made_by_one=F("made_by_two")), name="a_way_back_takes_two"),
        ]

    def __str__(self) -> str:
        return f"way back for {self.person_id}"


class Attempt(models.Model):
    """How often something secret was tried lately, by account and device or address (safety checks 1.12).

    The key is a keyed digest: the table tells nobody who tried what from where.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} tries"


class UsedCode(models.Model):
    """The newest time step whose authenticator code this person has used: no code works twice (safety checks 1.9)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="used_code")
    time_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"codes of {self.person_id}"
