"""Addresses of meetings that lie outside of every community's, for whoever is not signed in."""

from django.urls import path, re_path

from meetings.views import apology, feeds

app_name = "meetings_outside"

urlpatterns = [
    path("apology/<str:token>/", apology.apology, name="apology"),
    re_path(r"^diary/(?P<token>[A-Za-z0-9_-]{1,100})\.ics$", feeds.diary, name="diary"),
]
