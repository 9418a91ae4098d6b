"""Addresses of the board, below a community's."""

from django.urls import path

from boards.views import board, drafts, front, inviting, muting, reading, search, waiting

app_name = "boards"

urlpatterns = [
    path("", front.front, name="front"),
    path("board/", board.board, name="board"),
    path("board/new/", board.new_thread, name="new_thread"),
    path("board/read/", reading.all_read, name="all_read"),
    path("board/<int:thread>/", board.thread, name="thread"),
    path("board/<int:thread>/mute/", muting.thread, name="mute_thread"),
    path("board/posts/<int:post>/mute/", muting.author, name="mute_author"),
    path("search/", search.search, name="search"),
    path("asked-in/", inviting.looks, name="staff_looks"),
    path("asked-in/board/", inviting.board, name="guest_board"),
    path("asked-in/board/<int:thread>/", inviting.thread, name="guest_thread"),
    path("muted/", muting.muted, name="muted"),
    path("muted/<int:mute>/end/", muting.end, name="end_mute"),
    path("drafts/<int:draft>/", drafts.draft, name="draft"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/<int:post>/", waiting.one, name="one"),
    path("waiting/<int:post>/change/", waiting.change, name="change"),
    path("waiting/<int:post>/take-back/", waiting.take_back, name="take_back"),
]
