"""A copy of one's plan on one's own phone: making it, and its words."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clock import now
from crisisplans import leaving
from crisisplans.forms.on_phone import OnLeavingForm
from crisisplans.queries.on_phone import copy_for, has_words, marks_of
from people.sign_in_names import odd_words
from people.views.shown import PersonRequest

WORDS_OFFERED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def on_phone(request: PersonRequest) -> HttpResponse:
    """What a copy is and isn't, and making it. The script makes it; then this browser says that there is one.

    No PIN and no word of the plan comes with the form: only what "Exit this page" does with the copy.
    """
    form = OnLeavingForm(request.POST or None)
    if request.method == "POST":
        response = redirect("crisisplans:on_phone")
        if form.is_valid():
            leaving.mark(response, form.cleaned_data["exit"])
        elif request.POST.get("exit") == "off":
            leaving.unmark(response)
            messages.success(request, _("The copy is off this phone. Your plan itself is as it was."))
        return response
    context = {
        "form": form,
        "marks": " ".join(marks_of(request.user)),
        "has_plan": has_words(request.user, now()),
        "words": " ".join(odd_words(WORDS_OFFERED)),
        "page_kind": "plan",
    }
    return render(request, "crisisplans/on_phone.html", context)


@require_safe
def on_phone_words(request: PersonRequest) -> JsonResponse:
    """The owner's own words for the owner's own phone; "same" where it has them already. Kept by nobody on the way."""
    return JsonResponse(copy_for(request.user, request.GET.get("has", ""), now()))
