"""Two pages for machines: is the process there, and can it serve. No names, no content, nobody signed in."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from clock import now
from clock.models import Sweep
from peernet import jobs


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so a broken database never gets a healthy process killed."""
    return JsonResponse({"process": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """503 when the database does not answer, and only then: pages are read and written without a broker."""
    said = readiness()
    return JsonResponse(said, status=200 if said["database"] == "ok" else 503)


def readiness() -> dict[str, Any]:
    """Return the state of database and broker, and how many seconds ago each regular job last ran."""
    try:
        at = now()
        sweeps = {sweep.name: _seconds(sweep.ran_at, at) for sweep in Sweep.objects.order_by("name")}
    except Error:
        return {"database": "unreachable", "broker": broker(), "sweeps": {}}
    return {"database": "ok", "broker": broker(), "sweeps": sweeps}


def broker() -> str:
    """Return "ok", "unreachable", or, when embedded, whether this process runs the jobs."""
    if not settings.REDIS_URL:
        return "ok" if jobs.worker_is_here.is_set() else "no worker in this process"
    # Read where it is asked: a tenth of the time that a process takes to start, and most never ask.
    import redis

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


def _seconds(since: datetime, at: datetime) -> int:
    return max(0, round((at - since).total_seconds()))
