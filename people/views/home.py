"""Somebody's own sign-in at a glance, their sittings, and the codes that are shown once."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock import now
from people import queries, services, sittings
from people.forms import EndForm, NationForm, PasswordAgainForm
from people.views.shown import PersonRequest, status_of, then_of


@require_safe
def your_sign_in(request: PersonRequest) -> HttpResponse:
    """Everything about how one signs in, on one page."""
    person = request.user
    context = {
        "email": queries.proved_email(person),
        "second_factor": queries.has_second_factor(person),
        "spare_codes": queries.spare_codes_left(person),
        "recovery_codes": queries.recovery_codes_left(person),
        "sittings": len(queries.sittings_of(person, request.session.session_key)),
        "nation_form": NationForm(initial={"nation": person.nation, "area": person.area}),
        "page_kind": "account",
    }
    return render(request, "people/your_sign_in.html", context)


@require_POST
def nation(request: PersonRequest) -> HttpResponse:
    """Whose help is shown first."""
    form = NationForm(request.POST)
    if form.is_valid():
        nation, area = form.cleaned_data["nation"], form.cleaned_data.get("area", "")
        services.choose_nation(person=request.user, nation=nation, area=area, now=now())
        messages.success(request, _('Saved. "Help now" shows what fits where you live.'))
    return redirect("people:your_sign_in")


@require_http_methods(["GET", "HEAD", "POST"])
def phones(request: PersonRequest) -> HttpResponse:
    """Where one is signed in, and ending it there."""
    person, this = request.user, request.session.session_key
    if request.method == "POST":
        one = EndForm(request.POST)
        if "end" in request.POST:
            services.end_sitting(person=person, number=one.cleaned_data["end"] if one.is_valid() else 0)
        else:
            services.end_others(person=person, but=this, now=now())
        messages.success(request, _("Done. You are signed out there."))
        return redirect("usersessions_list")
    context = {"sittings": queries.sittings_of(person, this), "page_kind": "account"}
    return render(request, "usersessions/usersession_list.html", context)


@require_POST
def end_everywhere(request: PersonRequest) -> HttpResponse:
    """One button: signed out on every phone and computer, this one too."""
    services.end_everywhere(person=request.user, now=now())
    logout(request)
    return redirect("account_login")


@require_http_methods(["GET", "HEAD", "POST"])
def keep_these(request: PersonRequest) -> HttpResponse:
    """The sign-in name and the recovery codes, once; then "I have kept these"."""
    then = then_of(request)
    if request.method == "POST":
        services.confirm_kept(person=request.user, now=now())
        return redirect(then or "people:your_sign_in")
    shown = sittings.take_codes(request)
    form = None if shown else PasswordAgainForm(request=request, person=request.user)
    context = {"shown": shown, "form": form, "next": then, "page_kind": "account"}
    return render(request, "people/keep_these.html", context)


@sensitive_post_parameters("password")
@require_POST
def new_codes(request: PersonRequest) -> HttpResponse:
    """New recovery codes in place of the old ones, for the password."""
    form = PasswordAgainForm(request.POST, request=request, person=request.user)
    if form.is_valid():
        codes = services.make_recovery_codes(person=request.user, now=now())
        sittings.put_codes(request, request.user.sign_in_name, codes)
        return redirect("people:keep_these")
    context = {"form": form, "next": "", "page_kind": "account"}
    return render(request, "people/keep_these.html", context, status=status_of(form))
