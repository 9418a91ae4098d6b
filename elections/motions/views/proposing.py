"""Proposing something: which kind, and one short form for each."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards.policies import may_read_board
from boards.queries import board_page
from communities import rules
from communities.entry import enter, or_404
from communities.models import Membership
from communities.queries import rules_of, rules_shown
from communities.seeing import audience
from elections.motions.forms import FORMS, ProposalForm
from elections.motions.lifecycle import ABOUT_SOMEBODY, URGENT, MotionKind
from elections.motions.policies import may_propose
from elections.motions.services import propose_motion
from people import kept


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What kind of thing. Members who take part."""
    membership, _now = enter(request, slug)
    or_404(may_propose(membership))
    context = {"page_kind": "votes", "kinds": [kind for kind in MotionKind if kind in FORMS]}
    return render(request, "elections/propose.html", context)


@require_safe
def choose_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Which rule to change. Members who take part."""
    membership, _now = enter(request, slug)
    or_404(may_propose(membership))
    context = {"page_kind": "votes", "rules": rules_shown(membership.community)}
    return render(request, "elections/propose_rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The form of one kind. Members who take part."""
    membership, now = enter(request, slug)
    or_404(may_propose(membership))
    if kind not in FORMS or kind == MotionKind.RULE:
        raise Http404
    threads = {"threads": _threads(membership, now)} if kind == MotionKind.STAFF_INVITATION else {}
    form = FORMS[kind](request.POST or None, membership=membership, now=now, initial=_kept(request), **threads)
    return _answer(request, membership, form, MotionKind(kind))


@require_http_methods(["GET", "HEAD", "POST"])
def propose_rule(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form for one rule. Members who take part."""
    membership, now = enter(request, slug)
    or_404(may_propose(membership))
    rule = rules.KINDS.get(key)
    if rule is None:
        raise Http404
    value = getattr(rules_of(membership.community), key)
    form = FORMS[MotionKind.RULE](
        request.POST or None, membership=membership, now=now, initial=_kept(request), rule=rule, value=value
    )
    return _answer(request, membership, form, MotionKind.RULE, rule=rule, says=rule.says(value))


def _kept(request: HttpRequest) -> dict[str, str]:
    return kept.take(request, request.path)


def _threads(membership: Membership, now: datetime) -> list[tuple[int, str]]:
    """Threads of the board that staff could be asked to read: the latest, by title."""
    if not may_read_board(membership):
        return []
    return [(row.thread.pk, row.title) for row in board_page(membership, now).rows if row.title]


def _answer(
    request: HttpRequest, membership: Membership, form: ProposalForm, kind: MotionKind, **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and form.asked is not None:
        motion = propose_motion(by=membership, asked=form.asked)
        return redirect("elections:motion", membership.community.slug, motion.pk)
    running = rules_of(membership.community)
    context = {
        "page_kind": "votes",
        "form": form,
        "kind": kind,
        "seen_by": audience("proposal"),
        "is_about_somebody": kind in ABOUT_SOMEBODY,
        "talk_days": 0 if kind in URGENT else running.motion_talk_days,
        "vote_days": running.motion_urgent_days if kind in URGENT else running.motion_vote_days,
    }
    return render(request, "elections/propose_one.html", context | more)
