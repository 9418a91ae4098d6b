"""Addresses of elections, below a community's."""

from django.urls import URLPattern

app_name = "elections"

urlpatterns: list[URLPattern] = []
