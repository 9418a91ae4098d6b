"""Words that were kept through a sign-in: shown once more, and sent with one tap."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from peernet.answer_pages import words
from peernet.written import from_fields
from people import kept


@require_safe
def kept_words(request: HttpRequest) -> HttpResponse:
    """The words kept last in this sitting, in a form that sends them to where they were going."""
    found = kept.newest(request)
    written = from_fields(found.path, found.fields) if found else None
    context = words(request, written) if written else {}
    return render(request, "answers/kept_words.html", context)


@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """The person does not want them any more."""
    if found := kept.newest(request):
        kept.let_go(request, found.path)
    return redirect("/")
