"""The rules in force and their history."""

from django.db import models

from communities.models.members import Community


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
