"""Addresses of meetings, below a community's, topic by topic."""

from django.urls import URLPattern

from meetings.topics import modules

app_name = "meetings"

urlpatterns: list[URLPattern] = [address for topic in modules("urls") for address in topic.urlpatterns]
