"""Addresses of moderation, below a community's."""

from django.urls import path

from moderation.views import posts

app_name = "moderation"

urlpatterns = [
    path("moderation/", posts.queue, name="queue"),
    path("moderation/<int:post>/", posts.post, name="post"),
]
