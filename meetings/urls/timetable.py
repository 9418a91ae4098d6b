"""Addresses of the timetable, its groups, sessions and places."""

from django.urls import path

from meetings.views import timetable

urlpatterns = [
    path("groups/", timetable.timetable, name="timetable"),
    path("groups/sessions/<int:pk>/", timetable.session, name="session"),
]
