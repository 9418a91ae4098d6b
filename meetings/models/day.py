"""The day of a session: its order, today's topic, who is willing to do what, and whom somebody asks to take it over."""

from django.db import models
from django.db.models import Q

from communities.lifecycle import AskingState
from communities.models import Community, Membership
from communities.models.rota import SETTLED_WHOLE, AskingOthers
from meetings.day.order import Part
from meetings.lifecycle.timetable import Role
from meetings.models.groups import Group
from meetings.models.sessions import Session

LONGEST_TOPIC = 120


class DayOrder(models.Model):
    """The order of a community's sessions, or of one group's, as somebody wrote it down; the newest one holds.

    `parts`: [kind, title, minutes] one after the other. A group's with none goes by the community's again.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    parts = models.JSONField(default=list)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["community", "group", "-id"], name="meetings_orders_of")]

    def __str__(self) -> str:
        return f"order {self.pk}"

    @property
    def read(self) -> list[Part]:
        """Its parts."""
        return [Part(kind, title, minutes) for kind, title, minutes in self.parts]


class Topic(models.Model):
    """What one session is about, said by somebody who runs it; everybody who may come reads it."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="topic")
    words = models.CharField(max_length=LONGEST_TOPIC, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"topic of session {self.session_id}"


class RoleChoice(models.Model):
    """Whether somebody would like to have a turn at this now and then. Without a row: no."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="role_choices")
    role = models.CharField(max_length=12, choices=Role.choices)
    willing = models.BooleanField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="meetings_willing_once")]

    def __str__(self) -> str:
        return f"choice {self.pk}"


class RoleAsking(AskingOthers):
    """Somebody asks whether another takes their turn at something in a session; until then it stays their own.

    With `back_session` it is a swap: whoever takes it gives that turn of theirs in return.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    back_session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    back_role = models.CharField(max_length=12, choices=Role.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "role"], condition=Q(state=AskingState.OPEN), name="meetings_turn_asked_once"
            ),
            models.CheckConstraint(name="meetings_turn_settled_whole", condition=SETTLED_WHOLE),
            models.CheckConstraint(
                name="meetings_turn_swap_whole",
                condition=Q(back_session__isnull=True, back_role="")
                | Q(back_session__isnull=False, back_role__gt="", to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"

    @property
    def ref(self) -> str:
        """How the record, and notices, name it."""
        return f"turn asked:{self.pk}"
