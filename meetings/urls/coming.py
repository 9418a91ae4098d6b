"""Addresses of coming or not, of times away and of reminders."""

from django.urls import path

from meetings.views import away, coming

urlpatterns = [
    path("groups/sessions/<int:pk>/coming/", coming.coming, name="coming"),
    path("groups/sessions/<int:pk>/coming/for/", coming.for_somebody, name="coming_for"),
    path("groups/away/", away.away, name="away"),
    path("groups/away/<int:pk>/back/", away.back, name="back"),
    path("groups/away/for/", away.away_for, name="away_for"),
    path("groups/away/for/<int:pk>/back/", away.back_for, name="back_for"),
    path("groups/reminders/", away.reminders, name="reminders"),
]
