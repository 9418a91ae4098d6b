"""The queue of the Top Three (or caretakers), and deciding on one post."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.lifecycle import State
from boards.models import Post
from boards.queries import latest_version, title_of
from boards.views.words import looking_in_words
from communities.duty import watch
from communities.entry import enter
from communities.models import Membership
from communities.seeing import audience
from moderation import queries
from moderation.forms import DecisionForm
from moderation.lifecycle import DECIDABLE, Verb
from moderation.live import queue_shown
from moderation.policies import may_moderate, takes_two
from moderation.services import decide
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Those in office come in; to everybody else these pages are missing. The second step is asked for by name."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
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
    membership, now = _enter(request, slug)
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
        return redirect("moderation:queue", slug=slug)
    found = queries.access_post(membership, post, now)
    fresh = DecisionForm(initial={"version": found.version, "state": found.state}, state=found.state)
    form = answer if request.method == "POST" else fresh
    reports = queries.reports_on(found, membership, membership.everybodys_offices)
    return render(request, "moderation/post.html", _post_context(found, form, now) | {"reports": reports})


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
