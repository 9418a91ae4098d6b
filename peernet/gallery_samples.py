"""What the gallery shows: for each component the values it is shown with. Names are nature's; nobody is meant."""

from datetime import UTC, datetime
from typing import Any

from django.utils.safestring import mark_safe

Sample = tuple[str, str, dict[str, Any]]

NIGHT = datetime(2026, 11, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 2, 27, tzinfo=UTC)
TODAY = NIGHT.date()

WORDS = mark_safe(
    "<p>Cannot sleep. The wind has been at the roof since ten and everything from Thursday's group keeps going "
    "round. I said I was fine and I was <em>not</em> fine.</p><p>Made tea. Sat on the stairs. That helped a bit.</p>"
)
RICH = mark_safe(
    "<h3>What helped last week</h3><p>Three things, in <strong>no order</strong>, after what "
    '<a href="#top">heron wrote</a>:</p><ul><li>the long way round by the beck</li><li>ringing before it is bad, '
    "not after</li></ul><blockquote><p>You do not have to earn the call.</p></blockquote>"
    "<ol><li>kettle</li><li>coat</li></ol><hr><p>The bus is the <code>104</code>.</p>"
    "<pre><code>08:15  09:45</code></pre>"
)
CONTACTS: list[dict[str, str]] = [
    {"name": "Samaritans", "how": "call", "number": "116 123", "hours": "Day and night, free"},
    {"name": "Shout", "how": "text", "number": "85258", "text_to_send": "SHOUT", "hours": "Day and night, free"},
]
BSL = {"name": "SignVideo for 111", "how": "bsl", "href": "#top", "hours": "Day and night"}


def _post(state: str, **more: Any) -> Sample:
    return ("post", state, {"state": state, "author": "Moss", "at": NIGHT, "today": TODAY, "html": WORDS, **more})


POSTS: list[Sample] = [
    _post(
        "on_board",
        role="Top Three",
        html=RICH,
        heading="Small hours",
        permalink="#top",
        moderate_url="#top",
        actions=[{"label": "Answer", "href": "#top"}, {"label": "Tell the Top Three", "href": "#top"}],
    ),
    _post("on_board", author="Hazel", away=True),
    _post("on_board", cover="food"),
    ("prose", "covered", {"html": WORDS, "cover": "hospital"}),
    _post("pause", own=True, appears_at=LATER, rests_for="about 15 minutes", change_url="#a", take_back_url="#b"),
    _post(
        "held", own=True, who="Wren and Ash are on duty", when="in the next hour", change_url="#a", take_back_url="#b"
    ),
    _post("held", own=True, who="", when="7 in the morning", overdue=True, contacts=CONTACTS),
    _post("hidden", html="", until=LATER),
    _post(
        "returned",
        own=True,
        reason="It names the street where somebody lives. Without that line it can go up as it is.",
        decided_by="One of the Top Three",
        decided_at=LATER,
        change_url="#a",
    ),
    _post("removed", html="", reason="It gave a way of hurting oneself.", decided_by="Two of the Top Three"),
    _post("erased", html=""),
    _post("taken_back", own=True),
]

LISTS: list[Sample] = [
    (
        "thread_row",
        "unanswered",
        {
            "href": "#a",
            "title": "Is anybody about?",
            "author": "Clover",
            "at": NIGHT,
            "today": TODAY,
            "unanswered": True,
            "excerpt": "First time I have written here. I do not really know how to start so I will just",
        },
    ),
    (
        "thread_row",
        "answered",
        {"href": "#b", "title": "Small hours", "author": "Moss", "at": NIGHT, "replies": 3, "new": 2},
    ),
    ("person_tag", "with a role", {"name": "Wren", "role": "Top Three"}),
    ("person_tag", "yourself, away", {"name": "Otter", "role": "caretaker", "you": True, "away": True}),
    (
        "empty_state",
        "",
        {
            "title": "Nothing is waiting",
            "text": "Everything you have written is on the board.",
            "href": "#a",
            "link_label": "Go to the board",
        },
    ),
    ("pager", "", {"newer_url": "#a", "older_url": "#b"}),
    ("back_link", "", {"href": "#a", "label": "Back to the board"}),
    ("breadcrumbs", "", {"items": [{"label": "Board", "href": "#a"}, {"label": "Small hours"}]}),
    (
        "tabs",
        "",
        {
            "label": "Kinds of notice",
            "items": [
                {"label": "New", "href": "#a", "current": True, "count": 2},
                {"label": "All", "href": "#b"},
            ],
        },
    ),
    ("timestamp", "today", {"at": NIGHT, "today": TODAY}),
    ("timestamp", "another day", {"at": NIGHT}),
    (
        "table",
        "",
        {
            "caption": "Where you are signed in",
            "rows": [
                {"Device": "This phone", "Since": "Monday, 9 pm", "Last seen": "now"},
                {"Device": "A computer", "Since": "12 October", "Last seen": "two days ago"},
            ],
        },
    ),
    ("key_value", "", {"rows": [("Pause by day", "5 minutes"), ("Pause at night", "15 minutes, from 10 pm to 7 am")]}),
]

PANELS: list[Sample] = [
    ("notice", "calm", {"title": "The board opens on Monday", "text": "Two caretakers have said they will look."}),
    ("notice", "good", {"kind": "good", "title": "Done", "text": "Your e-mail address is proved."}),
    (
        "notice",
        "attention",
        {
            "kind": "attention",
            "title": "This changed while you looked",
            "text": "Ash has let it on to the board.",
            "href": "#a",
            "link_label": "Read it as it is now",
        },
    ),
    (
        "notice",
        "help",
        {"kind": "help", "title": "Somebody to talk to", "text": "Samaritans, 116 123, at any hour.", "live": True},
    ),
    ("pause_note", "", {}),
    ("live", "of a page that nobody follows", {"address": "/live/nowhere/", "place": "0"}),
    ("who_sees", "", {"rows": [("A post in its pause", "Only the one who wrote it."), ("The board", "Members.")]}),
    ("first_steps", "", {"steps": ["Kettle on, radio on", "Ring Fern before it is bad", "The blue blanket"]}),
    ("contacts", "", {"contacts": [*CONTACTS, BSL]}),
    (
        "steps",
        "",
        {
            "title": "What happens next",
            "items": [
                {"title": "It rests", "text": "Five minutes by day, fifteen at night."},
                {"title": "Others can read it", "text": "Everybody in this community, and nobody else."},
                "You can ask for it to be taken down again.",
            ],
        },
    ),
    (
        "code_list",
        "",
        {
            "title": "Your recovery codes",
            "codes": ["4f7k-92mq", "x8ab-31pd", "9rtz-55cw", "k2vn-80he"],
            "note": "Each works once. Keep them on paper, away from your phone.",
        },
    ),
    (
        "confirm_box",
        "",
        {
            "title": "Take this post back?",
            "text": "It will not go on the board. Only you can read it, for 30 days.",
            "action": "#top",
            "label": "Yes, take it back",
            "kind": "careful",
            "cancel_href": "#a",
        },
    ),
    ("decision_progress", "one of two", {"decided": 1, "needed": 2, "names": ["Wren"]}),
    ("decision_progress", "done", {"decided": 2, "needed": 2, "names": ["Wren", "Juniper"]}),
]

BUTTONS: list[Sample] = [
    ("button", "main", {"label": "Send"}),
    ("button", "quiet", {"label": "Keep for later", "kind": "quiet", "type": "button"}),
    ("button", "careful", {"label": "Remove it", "kind": "careful"}),
    ("button", "at rest", {"label": "Sending", "disabled": True}),
    ("link_button", "lamp", {"label": "Somebody to talk to", "href": "#a", "kind": "lamp", "icon": "phone"}),
    ("link_button", "quiet", {"label": "Write", "href": "#a", "kind": "quiet"}),
]

SECTIONS: list[tuple[str, list[Sample]]] = [
    ("Buttons", BUTTONS),
    ("Posts", POSTS),
    ("Lists and ways", LISTS),
    ("Panels", PANELS),
]
