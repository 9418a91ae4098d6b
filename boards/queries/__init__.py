"""The doors of the board. What a member may see is asked here, each time anew, and a miss is a 404."""

from boards.queries.board import THREADS_A_PAGE, UNANSWERED_SHOWN, ThreadPage, ThreadShown, board_page, unanswered
from boards.queries.deciding import awaiting_decision, latest_version, lock_post, lock_waiting
from boards.queries.own import access_own_post, explanations_of, own_posts_apart, own_waiting_in
from boards.queries.places import Place
from boards.queries.thread import POSTS_A_PAGE, PostPage, access_thread, has_a_place, opening_of, thread_page, title_of

__all__ = [
    "POSTS_A_PAGE",
    "THREADS_A_PAGE",
    "UNANSWERED_SHOWN",
    "Place",
    "PostPage",
    "ThreadPage",
    "ThreadShown",
    "access_own_post",
    "access_thread",
    "awaiting_decision",
    "board_page",
    "explanations_of",
    "has_a_place",
    "latest_version",
    "lock_post",
    "lock_waiting",
    "opening_of",
    "own_posts_apart",
    "own_waiting_in",
    "thread_page",
    "title_of",
    "unanswered",
]
