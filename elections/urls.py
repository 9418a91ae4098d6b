"""Addresses of elections, below a community's."""

from django.urls import path

from elections.motions.urls import urlpatterns as of_motions
from elections.seats.views import elections, seats
from elections.views import polls

app_name = "elections"

urlpatterns = [
    *of_motions,
    path("votes/<int:pk>/", polls.poll, name="poll"),
    path("elections/", elections.elections, name="elections"),
    path("elections/<int:pk>/", elections.election, name="election"),
    path("elections/<int:pk>/stand/", elections.stand, name="stand"),
    path("elections/<int:pk>/nominate/", elections.nominate, name="nominate"),
    path("elections/names/", elections.own_nominations, name="own_nominations"),
    path("elections/names/<int:pk>/", elections.answer, name="answer_nomination"),
    path("seats/", seats.seats, name="seats"),
    path("seats/<int:pk>/step-down/", seats.step_down, name="step_down"),
    path("seats/stand-in/", seats.stand_in, name="stand_in"),
]
