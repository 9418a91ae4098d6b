"""One address for each page that the minimal page is compared with, and one that says the site is up."""

from django.urls import path

from bench.minimal.views import is_up, page

urlpatterns = [path("healthz", is_up), path("<slug:beside>/", page)]
