"""The site's addresses, and some that fail in every way there is."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_POST

from people.decisions import Conflict, Refused

handler400 = "peernet.answers.bad_request"
handler403 = "peernet.answers.forbidden"
handler404 = "peernet.answers.not_found"
handler500 = "peernet.answers.server_error"


def fail(request: HttpRequest, how: str) -> HttpResponse:
    text = request.POST.get("text", "")
    match how:
        case "refused":
            raise Refused("Only members who are back from a break can write.")
        case "second-step":
            raise Refused("Please give your second step again first.", remedy="second_step")
        case "conflict":
            facts = {"Decided by": "two of the Top Three", "What they decided": "released", "version": "8"}
            raise Conflict("Somebody else decided on this post first.", facts=facts)
        case "changed":
            raise Conflict("It was changed somewhere else.", facts={"text": "One <b>line</b>\nanother"})
        case "arrives":
            return HttpResponseRedirect("/help-now/")
        case "missing":
            raise Http404
        case "denied":
            raise PermissionDenied
        case "writing":
            with transaction.atomic():
                request.user.save()
        case "broken":
            secret_local = text
            raise RuntimeError(f"broke over {secret_local}")
    return HttpResponse("It arrived")


def secret(request: HttpRequest) -> HttpResponse:
    template = """{% extends "base.html" %}{% block title %}Secret{% endblock %}{% block main %}
        <h1>Nobody outside may read this line</h1>{% endblock %}"""
    return HttpResponse(engines["django"].from_string(template).render({}, request))


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("It arrived")


urlpatterns = [
    path("", include("peernet.urls")),
    path("fail/<str:how>/", fail),
    path("only-post/", only_post),
    path("secret/", secret),
]
