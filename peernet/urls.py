"""Every address of the site; each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("helpnow.urls")),
    path("your-words/", include("peernet.words_urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "peernet.answers.bad_request"
handler403 = "peernet.answers.forbidden"
handler404 = "peernet.answers.not_found"
handler500 = "peernet.answers.server_error"
