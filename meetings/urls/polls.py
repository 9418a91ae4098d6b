"""Addresses of polls of times, below a community's."""

from django.urls import path

from meetings.views import polls

urlpatterns = [
    path("groups/times/", polls.polls, name="times"),
    path("groups/times/ask/", polls.ask, name="times_ask"),
    path("groups/times/<int:pk>/", polls.one, name="times_one"),
    path("groups/times/<int:pk>/change/", polls.change, name="times_change"),
    path("groups/times/<int:pk>/settle/", polls.settle, name="times_settle"),
    path("groups/times/<int:pk>/call-off/", polls.call_off, name="times_call_off"),
]
