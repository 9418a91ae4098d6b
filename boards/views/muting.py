"""Muting for oneself: a person, a thread, a word; and the page of what one has muted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from boards.queries import access_mute, access_others_post, access_thread, muted_by, opening_of
from boards.reading_forms import MuteWordForm
from boards.services import end_mute, mute_author, mute_thread, mute_word
from communities.entry import enter


def muted(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one has muted, each with a button to end it, and a field for a word."""
    membership, now = enter(request, slug)
    found = muted_by(membership, now)
    form = MuteWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mute_word(by=membership, word=form.cleaned_data["word"])
        return redirect("boards:muted", slug=slug)
    return render(request, "boards/muted.html", {"muted": found, "form": form, "now": now, "page_kind": "muted"})


def author(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """Ask first, then mute whoever wrote this post."""
    membership, now = enter(request, slug)
    found = access_others_post(membership, post, now)
    if request.method == "POST":
        mute_author(by=membership, post=found)
        return redirect("boards:muted", slug=slug)
    return render(request, "boards/mute_author.html", {"post": found, "page_kind": "board"})


def thread(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Ask first, then take this thread out of one's own lists."""
    membership, now = enter(request, slug)
    found = access_thread(membership, thread, now)
    if request.method == "POST":
        mute_thread(by=membership, thread=found)
        return redirect("boards:muted", slug=slug)
    return render(request, "boards/mute_thread.html", {"opening": opening_of(found), "page_kind": "board"})


@require_POST
def end(request: HttpRequest, slug: str, mute: int) -> HttpResponse:
    """End one of one's own mutes."""
    membership, _now = enter(request, slug)
    end_mute(mute=access_mute(membership, mute), by=membership)
    return redirect("boards:muted", slug=slug)
