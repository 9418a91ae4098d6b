"""Addresses of the board, below a community's."""

from django.urls import path

from boards.views import board, front, waiting

app_name = "boards"

urlpatterns = [
    path("", front.front, name="front"),
    path("board/", board.board, name="board"),
    path("board/new/", board.new_thread, name="new_thread"),
    path("board/<int:thread>/", board.thread, name="thread"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/<int:post>/", waiting.one, name="one"),
    path("waiting/<int:post>/change/", waiting.change, name="change"),
    path("waiting/<int:post>/take-back/", waiting.take_back, name="take_back"),
]
