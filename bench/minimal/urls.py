"""One address for each page that the minimal page is compared with."""

from django.urls import path

from bench.minimal.views import page

urlpatterns = [path("<slug:beside>/", page)]
