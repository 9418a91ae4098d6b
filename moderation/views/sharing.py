"""How the load of looking after the board is shared, and the notes for the meeting. For those who decide."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.entry import enter
from communities.seeing import audience
from moderation import sharing
from moderation.policies import may_moderate
from moderation.services import take_back_debrief, write_debrief
from moderation.sharing_forms import DebriefForm
from people import kept
from people.decisions import require


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers for each of those in office, their notes, and a form to write one."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
    form = DebriefForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        write_debrief(by=membership, words=form.cleaned_data["words"], form_key=form.cleaned_data["form_key"])
        messages.success(request, _("Kept. The agenda says that there is something to talk about, and not what."))
        return redirect("moderation:sharing", slug=slug)
    rows = [
        {
            _("Who"): f"{row.member.display_name} ({row.office})",
            _("Posts decided, last 4 weeks"): row.decisions,
            _("Reports answered, last 4 weeks"): row.reports,
            _("Hours said, next 2 weeks"): row.hours,
        }
        for row in sharing.shares(membership, now)
    ]
    context = {
        "page_kind": "moderation",
        "rows": rows,
        "notes": sharing.notes(membership),
        "form": form,
        "seen_by": audience("debrief"),
        "now": now,
    }
    return render(request, "moderation/sharing.html", context)


@require_POST
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back one's own note."""
    membership, _now = enter(request, slug)
    take_back_debrief(note=sharing.access_own_note(membership, pk), by=membership)
    messages.success(request, _("Taken back. Its words are gone."))
    return redirect("moderation:sharing" if membership.decides else "boards:front", slug=slug)
