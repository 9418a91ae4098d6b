"""Addresses of meetings, below a community's."""

from django.urls import URLPattern

app_name = "meetings"

urlpatterns: list[URLPattern] = []
