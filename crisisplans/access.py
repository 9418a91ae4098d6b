"""Rows of the access table for plans. Another person's plan is missing to everybody (domain, section 4.5)."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, STAFF
from crisisplans import in_hand_access, writing_access
from people.access import EVERYBODY, NOBODY, SIGNED_IN, Role, Row

# One's own pages, below /my-plan/.
OWN: dict[str, Row] = {**writing_access.ROWS, **in_hand_access.ROWS}
# What was opened to somebody, and the pages of a community about plans.
_MAY_OPEN = BELONGS - STAFF - {Role.SUSPENDED_ALL}
_HERE = ACTIVE_MEMBERS | STAFF
_READER = "those it was opened to, while it is; staff with their second step"
OPENED = {
    "crisisplans:sharing": Row(reads=SIGNED_IN, why="one's own plans"),
    "crisisplans:looks": Row(reads=SIGNED_IN, why="at one's own plans"),
    "crisisplans:tell_at_once": Row(reads=NOBODY, sends=SIGNED_IN, why="about one's own plans"),
    "crisisplans:end_opening": Row(reads=NOBODY, sends=SIGNED_IN, own=True),
    "crisisplans:suggestion": Row(reads=SIGNED_IN, sends=SIGNED_IN, own=True, why="for one's own plan"),
    "crisisplans:open_link": Row(reads=SIGNED_IN, sends=SIGNED_IN, own=True, why="one's own plan"),
    "crisisplans:open_here": Row(reads=_MAY_OPEN, sends=_MAY_OPEN, own=True, why="one's own plan"),
    "crisisplans:opened": Row(reads=_HERE),
    "crisisplans:asked": Row(reads=NOBODY, sends=_HERE, why="about oneself"),
    "crisisplans:read": Row(reads=_HERE, own=True, why=_READER),
    "crisisplans:review_done": Row(reads=_HERE, sends=_HERE, own=True, why="those named for it, and two days after"),
    "crisisplans:step_back": Row(reads=NOBODY, sends=_HERE, own=True, why=_READER),
    "crisisplans:suggest": Row(reads=_HERE, sends=_HERE, own=True, why=_READER),
    "crisisplans:take_back_suggestion": Row(reads=NOBODY, sends=_HERE, own=True, why=_READER),
    "crisisplans:shared": Row(reads=EVERYBODY, sends=EVERYBODY, why="by a link that opens something, and its code"),
}

# The copy on a phone: its page holds nothing of anybody.
ON_PHONE = {
    "crisisplans:at_hand": Row(reads=EVERYBODY, why="help, and the copy in the reader's own browser"),
    "crisisplans:on_phone": Row(reads=SIGNED_IN, sends=SIGNED_IN, why="one's own plan"),
    "crisisplans:on_phone_words": Row(reads=SIGNED_IN, why="one's own plan, as data"),
}

_AGAIN = "one's own plans; asks for the password or the second step again"
ERASING = {"crisisplans:erase": Row(reads=SIGNED_IN, sends=SIGNED_IN, why=_AGAIN)}

ROWS = {**OWN, **OPENED, **ON_PHONE, **ERASING}
