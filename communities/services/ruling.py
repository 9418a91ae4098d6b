"""A rule changes by what members decided (domain, section 2)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from communities import rules
from communities.models import Community, Rule, RuleChange


@transaction.atomic
def change_rule(
    *, community: Community, key: str, value: Any, reason: str, decided_by: str, by: str, now: datetime
) -> Rule:
    """Put another value of a rule in force from `now`, and its change in the history.

    Called by a vote that was passed, in its transaction. `reason`: as the rules page gives it; `decided_by`: in words,
    for the history; `by`: as the record names it ("motion:3"). Raises ValidationError for a key or value that can't be.
    """
    kind = rules.kind_of(key)
    if not kind.check(value):
        raise ValidationError(_("The rule “%(key)s” can't have that value.") % {"key": key})
    rows = Rule.objects.select_for_update(no_key=True).filter(community=community)
    row, made = rows.get_or_create(
        key=key, defaults={"community": community, "value": value, "reason": reason, "since": now}
    )
    old = kind.values[community.preset] if made else row.value
    if not made:
        row.value, row.reason, row.since = value, reason, now
        row.save(update_fields=["value", "reason", "since"])
    RuleChange.objects.create(
        community=community, key=key, old=old, new=value, reason=reason, decided_by=decided_by, at=now
    )
    facts = {"rule": key, "old": old, "new": value}
    record(chain=community.chain, verb="change rule", actor=by, subject=community.chain, at=now, facts=facts)
    return row
