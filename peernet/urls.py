"""Every address of the site; each app brings its own."""

from django.conf import settings
from django.urls import include, path

from peernet import gallery, guides, health, home, service_worker, staff_day

OWN = [
    path("", home.home, name="home"),
    path("c/<slug:slug>/day/", staff_day.day, name="day"),
    path("guides/<slug:name>/", guides.guide, name="guide"),
    path("guides/pictures/<slug:name>.png", guides.picture, name="guide_picture"),
]

urlpatterns = [
    path("", include((OWN, "peernet"))),
    path("", include("helpnow.urls")),
    path("your-words/", include("peernet.words_urls")),
    path("notices/", include("notices.urls")),
    path("accounts/yours/", include("peernet.own.urls")),
    path("accounts/", include("people.urls")),
    path("", include("communities.urls")),
    path("", include("crisisplans.urls")),
    path("c/<slug:slug>/", include("boards.urls")),
    path("c/<slug:slug>/", include("moderation.urls")),
    path("c/<slug:slug>/", include("meetings.urls")),
    path("", include("meetings.outside")),
    path("c/<slug:slug>/", include("outofhours.urls")),
    path("c/<slug:slug>/", include("elections.urls")),
    path("sw.js", service_worker.worker, name="service_worker"),
    path("home.webmanifest", service_worker.manifest, name="manifest"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

if settings.DEBUG:
    urlpatterns.append(path("gallery/", gallery.gallery, name="gallery"))

handler400 = "peernet.answers.bad_request"
handler403 = "peernet.answers.forbidden"
handler404 = "peernet.answers.not_found"
handler500 = "peernet.answers.server_error"
