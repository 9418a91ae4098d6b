"""The addresses of plans: one's own, the community's, and those for somebody outside."""

from django.urls import URLPattern

app_name = "crisisplans"
urlpatterns: list[URLPattern] = []
