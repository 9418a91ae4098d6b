"""How each person wants to be told: what by which way, at what hours, one by one or once a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

QUIET_FROM, QUIET_TO = 22, 7


class MailChoice(models.Model):
    """Whether somebody wants mails about news at all. No row: yes. Kept beside `Wish`: the release before reads it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    wanted = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"mail choice of person {self.person_id}"


class Wish(models.Model):
    """By which ways somebody wants to be told of one group of notices (notices.kinds). No row: by both."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    group = models.CharField(max_length=30)
    mail = models.BooleanField(default=True)
    push = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="notices_a_wish_once")]

    def __str__(self) -> str:
        return f"wish of person {self.person_id}"


class Timing(models.Model):
    """Quiet hours and the daily one, in full hours by London's clock. No row: quiet from 22 to 7, one by one.

    Both quiet hours empty: none. `daily_at` empty: no daily one.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="timing")
    quiet_from = models.PositiveSmallIntegerField(null=True, default=QUIET_FROM)
    quiet_to = models.PositiveSmallIntegerField(null=True, default=QUIET_TO)
    daily_at = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notices_quiet_from_and_to",
                condition=Q(quiet_from=None, quiet_to=None)
                | (Q(quiet_from__lte=23, quiet_to__lte=23) & ~Q(quiet_from=F("quiet_to"))),
            ),
            models.CheckConstraint(name="notices_daily_hour", condition=Q(daily_at=None) | Q(daily_at__lte=23)),
        ]

    def __str__(self) -> str:
        return f"timing of person {self.person_id}"
