"""The address of moderation's socket."""

from django.urls import path

from boards.consumers import socket_of

sockets = [path("live/c/<slug:slug>/moderation/", socket_of("queue"), name="live:queue")]
