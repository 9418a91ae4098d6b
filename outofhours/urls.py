"""Addresses of outofhours, below a community's."""

from django.urls import URLPattern

app_name = "outofhours"

urlpatterns: list[URLPattern] = []
