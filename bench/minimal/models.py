"""The one table of the minimal page."""

from django.db import models


class Row(models.Model):
    """A line of the page, about as wide as a thread in a list."""

    title = models.CharField(max_length=120)
    author = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    replies = models.PositiveIntegerField()

    class Meta:
        app_label = "minimal"

    def __str__(self) -> str:
        return self.title
