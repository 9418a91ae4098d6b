"""Addresses of the board's sockets: those of its pages, below /live."""

from django.urls import path

from boards.consumers import socket_of

sockets = [
    path("live/c/<slug:slug>/", socket_of("counts"), name="live:counts"),
    path("live/c/<slug:slug>/front/", socket_of("front"), name="live:front"),
    path("live/c/<slug:slug>/board/", socket_of("board"), name="live:board"),
    path("live/c/<slug:slug>/board/<int:thread>/", socket_of("thread"), name="live:thread"),
    path("live/c/<slug:slug>/asked-in/board/", socket_of("guest_board"), name="live:guest_board"),
    path("live/c/<slug:slug>/asked-in/board/<int:thread>/", socket_of("guest_thread"), name="live:guest_thread"),
    path("live/c/<slug:slug>/plans/<int:opening>/", socket_of("opening"), name="live:opening"),
]
