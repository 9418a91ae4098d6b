"""Addresses of elections, below a community's."""

from django.urls import path

from elections.motions.urls import urlpatterns as of_motions
from elections.views import polls

app_name = "elections"

urlpatterns = [
    *of_motions,
    path("votes/<int:pk>/", polls.poll, name="poll"),
]
