"""The queue of the Top Three (or caretakers), and deciding on one post."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from boards.lifecycle import AWAITING_DECISION, State
from boards.models import Post
from boards.queries import latest_version, title_of
from boards.views.words import looking_in_words
from communities.duty import watch
from communities.entry import enter, or_404
from communities.models import Membership
from communities.policies import stands_in
from communities.seeing import audience
from moderation import queries
from moderation.forms import DecisionForm
from moderation.lifecycle import DECIDABLE, Verb
from moderation.live import queue_shown
from moderation.policies import may_moderate, takes_two
from moderation.services import decide, step_aside
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Those in office come in; to everybody else these pages are missing. The second step is asked for by name."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
    return membership, now


def _enter_post(request: HttpRequest, slug: str, pk: int) -> tuple[Membership, datetime]:
    """As above; and an alternate, to the very post for which too few are left (moderation.circle)."""
    membership, now = enter(request, slug)
    if membership.decides:
        require(may_moderate(membership, now))
        return membership, now
    or_404(queries.is_asked_to_decide(membership, pk, now))
    require(stands_in(membership, now))
    return membership, now


@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for one of you, most urgent first."""
    membership, now = _enter(request, slug)
    context = queue_shown(membership, now) | {
        "looking": looking_in_words(watch(membership.community, now), now),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/queue.html", context)


def post(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """One post with its story, and the decisions that can be taken on it."""
    membership, now = _enter_post(request, slug, post)
    answer = DecisionForm(request.POST, state="")
    if request.method == "POST" and answer.is_valid():
        outcome = decide(
            # Whoever comes second is told what happened, not that the post is missing.
            post=queries.access_shown_before(membership, post, now),
            verb=answer.chosen,
            by=membership,
            seen=answer.seen,
            reason=answer.cleaned_data["reason"],
            words=answer.cleaned_data["words"],
        )
        messages.success(
            request,
            _("Done. Its author has been told.")
            if outcome.done
            else _("Noted. One more of you needs to say the same."),
        )
        return _back(membership, slug)
    found = queries.access_post(membership, post, now)
    fresh = DecisionForm(initial={"version": found.version, "state": found.state}, state=found.state)
    form = answer if request.method == "POST" else fresh
    reports = queries.reports_on(found, membership, membership.everybodys_offices)
    circle = queries.circle_of_post(found, now, offices=membership.everybodys_offices)
    mine = {"reports": reports, "mine": circle.includes(membership.pk), "stands_in": circle.stands_in(membership.pk)}
    mine["hands_on"] = mine["mine"] and found.state in AWAITING_DECISION
    return render(request, "moderation/post.html", _post_context(found, form, now) | mine)


@require_http_methods(["GET", "HEAD", "POST"])
def not_mine(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """ "Not mine to decide": asked once more, then left to the others."""
    membership, now = _enter_post(request, slug, post)
    if request.method == "POST":
        step_aside(post=queries.access_shown_before(membership, post, now), by=membership)
        messages.success(request, _("Thank you. The others look at it."))
        return _back(membership, slug)
    found = queries.access_post(membership, post, now)
    return render(request, "moderation/not_mine.html", {"post": found, "now": now, "page_kind": "moderation"})


def _back(membership: Membership, slug: str) -> HttpResponse:
    # An alternate has no queue.
    return redirect("moderation:queue" if membership.decides else "boards:front", slug=slug)


def _post_context(post: Post, form: DecisionForm, now: datetime) -> dict[str, object]:
    returned_before = queries.was_returned_before(post)
    verbs = DECIDABLE.get(State(post.state), ())
    return {
        "post": post,
        "title": title_of(post, now),
        "version": latest_version(post),
        "story": queries.story_of(post),
        "open_decision": queries.first_of_two(post),
        "by_two": [verb.label for verb in verbs if takes_two(post, Verb(verb), now, returned_before=returned_before)],
        "decidable": bool(verbs),
        "form": form,
        "seen_by": audience("decision"),
        "now": now,
        "page_kind": "moderation",
    }
