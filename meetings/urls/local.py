"""Addresses of local life, below a community's."""

from django.urls import path

from meetings.views import local

urlpatterns = [
    path("local/", local.page, name="local"),
    path("local/new/", local.new, name="local_new"),
    path("local/<int:pk>/", local.piece, name="local_piece"),
    path("local/<int:pk>/change/", local.change, name="local_change"),
    path("local/<int:pk>/checked/", local.checked, name="local_checked"),
    path("local/<int:pk>/move/", local.move, name="local_move"),
    path("local/changes/<int:pk>/away/", local.words_away, name="local_words_away"),
]
