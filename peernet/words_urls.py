"""Addresses of words that were kept through a sign-in."""

from django.urls import path

from peernet import words_views as views

app_name = "words"
urlpatterns = [
    path("", views.kept_words, name="kept"),
    path("let-go/", views.let_go, name="let_go"),
]
