"""Addresses of elections, below a community's."""

from django.urls import path

from elections.views import polls

app_name = "elections"

urlpatterns = [
    path("votes/<int:pk>/", polls.poll, name="poll"),
]
