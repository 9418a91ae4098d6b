"""The phones and computers on which people asked to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Phone(models.Model):
    """A browser that takes pushes for one person.

    The address that its push service gave is a key to its bell: it is sealed here, and stands in no log, no export
    and on no page. `mark` finds it again: the same browser is one row, whoever used it last.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="phones")
    mark = models.CharField(max_length=64, unique=True)
    sealed_endpoint = models.TextField()
    # What its owner calls it.
    label = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True)
    # The sitting in which it was last used: signing out of that one ends its pushes, running out does not.
    sitting = models.CharField(max_length=40)
    sitting_ends_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="notices_phone_has_a_sitting", condition=~Q(sitting=""))]

    def __str__(self) -> str:
        return f"phone {self.pk}"
