"""How we run this place: the rules, the seats, the hours; and who is here."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.queries import head_of
from communities import decided, duty, seeing, week
from communities.entry import enter, or_404
from communities.lifecycle import Kind, Office
from communities.models import Community
from communities.policies import may_read_rules, may_see_people
from communities.queries import access_membership, everybody, has_had_top_three, officers, roles_by_member, rules_shown


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody here but those suspended from everything (domain, section 5)."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    context = _rules(membership.community, now) | {"head": head_of(membership.community.chain)}
    return render(request, "communities/rules.html", context)


@require_safe
def rules_aloud(request: HttpRequest, slug: str) -> HttpResponse:
    """The same in large letters without what nobody reads out, for a meeting or for paper."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    return render(request, "communities/rules_aloud.html", _rules(membership.community, now))


def _rules(community: Community, now: datetime) -> dict[str, Any]:
    terms = officers(community, now)
    duty_rows, cover_rows = duty.duty_hours(community, now), duty.cover_hours(community, now)
    return {
        "page_kind": "rules",
        "rules": rules_shown(community),
        "terms": terms,
        # Caretakers also stand in later, where too few are left in office.
        "founding": any(term.office == Office.CARETAKER for term in terms) and not has_had_top_three(community),
        "duty": week.in_words(duty_rows),
        "duty_single_days": week.single_days(duty_rows),
        "cover": week.in_words(cover_rows),
        "cover_single_days": week.single_days(cover_rows),
        "seeing": seeing.sentences(),
    }


@require_safe
def what_was_decided(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers and kinds of decisions, month by month. Whoever reads the rules."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    context = {"page_kind": "rules", "months": decided.months(membership.community, now)}
    return render(request, "communities/decided.html", context)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is here, without saying why somebody is away."""
    membership, now = enter(request, slug)
    or_404(may_see_people(membership))
    roles = roles_by_member(membership.community, now)
    rows = [(other, roles.get(other.pk, "")) for other in everybody(membership.community)]
    context = {
        "page_kind": "people",
        "members": [row for row in rows if row[0].kind == Kind.MEMBER],
        "staff": [row for row in rows if row[0].kind == Kind.STAFF],
    }
    return render(request, "communities/people.html", context)


@require_safe
def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody who is here: what they do here, and what one can do where something about them is hard."""
    membership, now = enter(request, slug)
    or_404(may_see_people(membership))
    other = access_membership(membership, pk)
    own = [term for term in officers(membership.community, now) if term.membership_id == other.pk]
    context = {"page_kind": "people", "other": other, "terms": own, "is_you": other.pk == membership.pk}
    return render(request, "communities/somebody.html", context)
