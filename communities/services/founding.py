"""Starting a community, and its rules before it has members (domain, section 2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

import clock
from audit.services import OPERATOR, record
from communities import rules, tokens
from communities.models import Community, Invitation, Rule, RuleChange, SelfReferral
from helpnow.nations import Nation

FEWEST_CARETAKERS, MOST_CARETAKERS = 2, 5
LONGEST_NAME, LONGEST_LABEL = 80, 60
FIRST_LINKS_LAST = timedelta(days=14)


@dataclass(frozen=True)
class FirstLink:
    """A link to hand to one of a community's first people. The token is shown once and kept nowhere."""

    label: str
    way: str
    token: str


@dataclass(frozen=True)
class Founded:
    community: Community
    links: list[FirstLink]
    open_token: str


def create_community(
    *,
    name: str,
    preset: str,
    founder: str,
    caretakers: list[str],
    staff: str,
    chosen_rules: dict[str, str] | None = None,
    nation: str = "",
    about: str = "",
    slug: str = "",
    is_demo: bool = False,
) -> Founded:
    """Start a community from a preset; the operator does this, from the command line.

    The founder is a caretaker too: 2 to 5 in all. Raises ValidationError for a preset, rule or number that can't be.
    """
    _check_start(name, preset, nation, [founder, *caretakers], staff)
    values = {key: rules.parse(key, written) for key, written in (chosen_rules or {}).items()}
    with transaction.atomic():
        now = clock.now()
        community = Community.objects.create(
            slug=_free_slug(slug or name),
            name=name,
            about=about,
            preset=preset,
            nation=nation,
            is_demo=is_demo,
            created_at=now,
        )
        record(chain=OPERATOR, verb="create community", actor=OPERATOR, subject=community.chain, at=now)
        record(
            chain=community.chain,
            verb="begin",
            actor=OPERATOR,
            subject=community.chain,
            at=now,
            facts={"preset": preset},
        )
        for key, value in values.items():
            set_rule(
                community=community,
                key=key,
                value=value,
                reason="",
                decided_by=_("the operator, at the start"),
                now=now,
            )
        first = [(label, Invitation.Way.CARETAKER) for label in [founder, *caretakers]]
        links = [_first_link(community, label, way, now) for label, way in [*first, (staff, Invitation.Way.STAFF)]]
        referral = SelfReferral.objects.create(community=community, token=tokens.make(), since=now)
    return Founded(community, links, referral.token)


def _check_start(name: str, preset: str, nation: str, caretakers: list[str], staff: str) -> None:
    if preset not in rules.PRESETS:
        said = _("There is no preset called “%(preset)s”. There are: %(known)s.")
        raise ValidationError(said % {"preset": preset, "known": ", ".join(rules.PRESETS)})
    if nation not in {"", *Nation.values}:
        said = _("There is no nation called “%(nation)s” here. There are: %(known)s.")
        raise ValidationError(said % {"nation": nation, "known": ", ".join(Nation.values)})
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ValidationError(_("A community's name has at most 80 letters, on one line."))
    _check_labels([*caretakers, staff])
    if not FEWEST_CARETAKERS <= len(caretakers) <= MOST_CARETAKERS:
        raise ValidationError(_("A community starts with a founder and one to four more caretakers."))


def _check_labels(labels: list[str]) -> None:
    if not all(label.strip() and len(label) <= LONGEST_LABEL and label.isprintable() for label in labels):
        raise ValidationError(_("A word to know somebody by has 1 to 60 letters, on one line."))


@transaction.atomic
def invite_staff(*, community: Community, label: str) -> FirstLink:
    """Make a link for one more member of staff. The operator, who knows whom the service employs, does this.

    Raises ValidationError for a label that is empty or too long.
    """
    _check_labels([label])
    return _first_link(community, label, Invitation.Way.STAFF, clock.now())


@transaction.atomic
def renew_first_links(*, community: Community) -> list[FirstLink]:
    """Make anew each first link that nobody has used, e.g. lost or run out; the old ones open nothing any more.

    The operator does this, from the command line. It makes no new place: those links were given at the start.
    """
    now = clock.now()
    unused = community.invitations.select_for_update().filter(proposed_by=None, used_at=None, withdrawn_at=None)
    links = []
    for invitation in unused.order_by("pk"):
        token = tokens.make()
        invitation.token_hash, invitation.sent_at, invitation.expires_at = (
            tokens.hashed(token),
            now,
            now + FIRST_LINKS_LAST,
        )
        invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
        _record_link(community, invitation.way, now)
        links.append(FirstLink(invitation.label, invitation.way, token))
    return links


@transaction.atomic
def set_rule(*, community: Community, key: str, value: Any, reason: str, decided_by: str, now: datetime) -> None:
    """Put a rule in force and its change in the history, at `now`.

    The operator may do it only while the community has no members; after that a vote does (domain, section 2).
    Raises ValidationError.
    """
    if community.memberships.exists():
        raise ValidationError(_("This community has members now: its rules change by their vote."))
    kind = rules.kind_of(key)
    if not kind.check(value):
        raise ValidationError(_("The rule “%(key)s” can't have that value.") % {"key": key})
    row, made = Rule.objects.get_or_create(
        community=community, key=key, defaults={"value": value, "reason": reason, "since": now}
    )
    old = kind.values[community.preset] if made else row.value
    if not made:
        row.value, row.reason, row.since = value, reason, now
        row.save(update_fields=["value", "reason", "since"])
    RuleChange.objects.create(
        community=community, key=key, old=old, new=value, reason=reason, decided_by=decided_by, at=now
    )
    record(
        chain=community.chain,
        verb="set rule",
        actor=OPERATOR,
        subject=community.chain,
        at=now,
        facts={"rule": key, "old": old, "new": value},
    )


def _free_slug(wanted: str) -> str:
    slug = slugify(wanted)[:40]
    if not slug:
        raise ValidationError(_("Please give the community a name with letters in it."))
    if Community.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is a community at that address already."))
    return slug


def _first_link(community: Community, label: str, way: str, now: datetime) -> FirstLink:
    token = tokens.make()
    Invitation.objects.create(
        community=community,
        way=way,
        label=label,
        proposed_at=now,
        sent_at=now,
        token_hash=tokens.hashed(token),
        expires_at=now + FIRST_LINKS_LAST,
    )
    _record_link(community, way, now)
    return FirstLink(label, way, token)


def _record_link(community: Community, way: str, now: datetime) -> None:
    facts = {"way": way}
    record(chain=community.chain, verb="invite", actor=OPERATOR, subject=community.chain, at=now, facts=facts)
