"""One motion: what is asked, the words beside it, how it stands, and what became of it."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.views.words import who_looks
from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from elections.models import Motion
from elections.motions.forms import LookForm, WordsForm
from elections.motions.lifecycle import Part
from elections.motions.notifications import path_to
from elections.motions.policies import concerns, has_begun, may_look, may_write_words
from elections.motions.queries import access_motion, access_words
from elections.motions.services import look_at_words, open_due, withdraw_motion, write_words
from elections.motions.views.shown import motion_shown
from elections.services import close_due
from notices.services import mark_page_seen
from people import kept
from people.decisions import require


@require_safe
def motion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Members who take part, staff who vote on it, and the one it is about, in every state but left."""
    membership, now = enter(request, slug)
    found = _up_to_date(membership, pk, now)
    mark_page_seen(person=membership.person, path=path_to(found), now=now)
    shown = motion_shown(found, membership, now)
    waits = any(shown[part].waits and shown[part].may_write for part in ("why", "own")) or _own_waits(found, membership)
    looking = who_looks(membership.community, now) if waits else None
    return render(request, "elections/motion.html", shown | {"looking": looking})


def _up_to_date(membership: Membership, pk: int, now: datetime) -> Motion:
    """The motion, opened or counted first where its time has come: a page is right while no job runs."""
    found = access_motion(membership, pk)
    is_due = has_begun(found, now) or (found.poll is not None and found.poll.is_due(now))
    if is_due and (open_due(membership.community) or close_due(membership.community)):
        return access_motion(membership, pk)
    return found


def _own_waits(found: Motion, membership: Membership) -> bool:
    return any(row.by_id == membership.pk and row.state == "held" for row in found.words.all())


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    membership, _now = enter(request, slug)
    withdraw_motion(motion=access_motion(membership, pk), by=membership)
    messages.success(request, _("You have taken it back. Nothing that was voted is counted."))
    return redirect("elections:motion", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str, pk: int, part: str) -> HttpResponse:
    """Write words of one's own beside a motion: the one it is about, or its proposer where they came back."""
    membership, _now = enter(request, slug)
    found = access_motion(membership, pk)
    if part not in Part.values:
        raise Http404
    before = next((row for row in found.words.all() if row.part == part), None)
    or_404(may_write_words(membership, found, Part(part), before))
    initial = {"words": before.text if before else ""} | kept.take(request, request.path)
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        write_words(motion=found, part=Part(part), by=membership, written={"text": form.cleaned_data["words"]})
        return redirect("elections:motion", slug, pk)
    shown = motion_shown(found, membership, _now)
    context = {"form": form, "part": part, "before": before, "seen_by": audience("own words")}
    return render(request, "elections/motion_words.html", shown | context)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, slug: str, pk: int, part: str) -> HttpResponse:
    """Look at words that wait. The Top Three in office whom it does not concern."""
    membership, now = enter(request, slug)
    row = access_words(membership, pk, part)
    if not membership.decides or concerns(membership, row):
        raise Http404
    require(may_look(membership, row, now))
    form = LookForm(request.POST or None, initial={"version": row.version} | kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        look_at_words(words=row, by=membership, verb=sent["verb"], seen=sent["version"], answer=sent["words"])
        messages.success(request, _("Done. Whoever wrote it has been told."))
        return redirect("elections:motion", slug, pk)
    context = {"words": row, "motion": row.motion, "form": form, "seen_by": audience("look"), "now": now}
    return render(request, "elections/motion_look.html", context | {"page_kind": "votes"})
