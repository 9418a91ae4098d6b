"""Addresses of the logbook."""

from django.urls import path

from meetings.views import logbook

urlpatterns = [
    path("groups/logbook/", logbook.all_of_them, name="logbooks"),
    path("groups/logbook/parts/<int:pk>/", logbook.part, name="logbook_part"),
    path("groups/logbook/changes/<int:pk>/", logbook.proposal, name="logbook_change"),
    path("groups/sessions/<int:pk>/logbook/", logbook.one, name="logbook"),
    path("groups/sessions/<int:pk>/logbook/agree/", logbook.agree, name="agree_logbook"),
    path("groups/sessions/<int:pk>/last-record-read/", logbook.was_read, name="record_read"),
]
