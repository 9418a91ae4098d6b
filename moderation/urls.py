"""Addresses of moderation, below a community's."""

from django.urls import path

from moderation import views

app_name = "moderation"

urlpatterns = [
    path("moderation/", views.queue, name="queue"),
    path("moderation/<int:post>/", views.post, name="post"),
]
