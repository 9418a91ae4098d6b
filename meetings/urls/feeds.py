"""Addresses of one's own diary, below a community's; the one that calendars read: meetings.outside."""

from django.urls import path

from meetings.views import feeds

urlpatterns = [
    path("groups/diary/", feeds.own, name="diary"),
    path("groups/diary/end/", feeds.end, name="diary_end"),
]
