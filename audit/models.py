"""The record: chains of sealed entries. No foreign keys: it knows nobody, so nothing that is erased can tear it."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models


class AppendOnlyQuerySet(models.QuerySet["Entry"]):
    """Entries can be read and added; a change or a removal is refused before it reaches the database."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("An entry of the record is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("An entry of the record is never removed.")


class Chain(models.Model):
    """One chain (a community's, the people's, the operator's) with its sealed head; its row is the lock."""

    name = models.CharField(max_length=60, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    # Sealed with the key: without it a cut tail can't be covered by an earlier head.
    head_seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One thing that happened. `facts` is canonical JSON and never holds a word of content, a name or an address."""

    chain = models.CharField(max_length=60)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    facts = models.TextField(default="{}")
    before = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=8)
    seal = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Self]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_one_entry_a_place")]
        indexes = [
            models.Index(fields=["chain", "subject", "number"], name="audit_by_subject"),
            models.Index(fields=["seal"], name="audit_by_seal"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An entry of the record is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An entry of the record is never removed.")
