"""Addresses of meetings that lie outside of every community's, for whoever is not signed in."""

from django.urls import path

from meetings.views import apology

app_name = "meetings_outside"

urlpatterns = [
    path("apology/<str:token>/", apology.apology, name="apology"),
]
