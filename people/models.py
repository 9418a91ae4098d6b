"""The signed-in person: a made sign-in name, a password, and next to nothing else. Real names are never asked for."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    """Makes people; the sign-in name is made by `people.services`, never chosen."""

    def create_person(self, *, sign_in_name: str, password: str | None, **fields: Any) -> "Person":
        """Store a person. Without a password nobody can sign in as them."""
        person = self.model(sign_in_name=sign_in_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Who they are to a community is a membership, not this."""

    sign_in_name = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    # Which nation's help is shown first; "" shows all of them.
    nation = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    over_18_at = models.DateTimeField(null=True)
    # After a way back made by two other people, one's plan stays shut for a day (read by crisisplans).
    plan_closed_until = models.DateTimeField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return f"person {self.pk}"
