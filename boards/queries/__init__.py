"""The doors of the board. What a member may see is asked here, each time anew, and a miss is a 404."""

from boards.queries.board import THREADS_A_PAGE, UNANSWERED_SHOWN, ThreadPage, ThreadShown, board_page, unanswered
from boards.queries.deciding import awaiting_decision, latest_version, lock_post, lock_waiting
from boards.queries.drafts import access_draft, draft_for, drafts_of, was_sent_from
from boards.queries.erasing import open_erasing, posts_to_erase, to_erase
from boards.queries.muting import (
    NOTHING_MUTED,
    Muted,
    Mutes,
    access_mute,
    access_others_post,
    muted_by,
    mutes_of,
    mutes_of_each,
)
from boards.queries.own import access_own_post, explanations_of, own_posts_apart, own_waiting_in
from boards.queries.places import Place
from boards.queries.reading import New, how_many, mark_of, new_in, threads_with_new
from boards.queries.search import RESULTS_A_PAGE, Asked, Found, asked_for, search_posts
from boards.queries.thread import (
    POSTS_A_PAGE,
    PostPage,
    access_thread,
    has_a_place,
    opening_of,
    place_of,
    thread_page,
    title_of,
)

__all__ = [
    "NOTHING_MUTED",
    "POSTS_A_PAGE",
    "RESULTS_A_PAGE",
    "THREADS_A_PAGE",
    "UNANSWERED_SHOWN",
    "Asked",
    "Found",
    "Muted",
    "Mutes",
    "New",
    "Place",
    "PostPage",
    "ThreadPage",
    "ThreadShown",
    "access_draft",
    "access_mute",
    "access_others_post",
    "access_own_post",
    "access_thread",
    "asked_for",
    "awaiting_decision",
    "board_page",
    "draft_for",
    "drafts_of",
    "explanations_of",
    "has_a_place",
    "how_many",
    "latest_version",
    "lock_post",
    "lock_waiting",
    "mark_of",
    "muted_by",
    "mutes_of",
    "mutes_of_each",
    "new_in",
    "open_erasing",
    "opening_of",
    "own_posts_apart",
    "own_waiting_in",
    "place_of",
    "posts_to_erase",
    "search_posts",
    "thread_page",
    "threads_with_new",
    "title_of",
    "to_erase",
    "unanswered",
    "was_sent_from",
]
