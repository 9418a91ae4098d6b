"""Moderation's rows of the access table, and those of reports."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, DECIDES, HAS_WRITTEN, STAFF
from people.access import NOBODY, Role, Row

_MEMBERS = BELONGS - STAFF
# What was decided about oneself can be objected to after leaving too (domain, section 5).
_AND_LEFT = _MEMBERS | {Role.LEFT}
_HEAR = DECIDES | {Role.ALTERNATE}
ROWS = {
    "moderation:queue": Row(reads=DECIDES, why="with the second step given within 12 hours"),
    "moderation:post": Row(reads=DECIDES, sends=DECIDES, why="never one's own post"),
    "moderation:not_mine": Row(
        reads=DECIDES, sends=DECIDES, why="an alternate where too few are left; never one's own"
    ),
    "moderation:objections": Row(reads=_HEAR, why="with the second step given; each sees what waits, not whose it is"),
    "moderation:objection": Row(
        reads=_HEAR, sends=_HEAR, why="alternates where too few are left; never those who decided, nor its maker"
    ),
    "moderation:leave_hearing": Row(reads=_HEAR, sends=_HEAR, why="leaving it to the others"),
    "moderation:told": Row(reads=_AND_LEFT, why="what was decided about one's own posts"),
    "moderation:object": Row(reads=_AND_LEFT, sends=_AND_LEFT, own=True, why="a decision about oneself"),
    "moderation:own_objection": Row(reads=_AND_LEFT, own=True),
    "moderation:withdraw_objection": Row(reads=NOBODY, sends=_AND_LEFT, own=True),
    "moderation:objection_to_meeting": Row(reads=NOBODY, sends=_AND_LEFT, own=True, why="once it was heard"),
    "moderation:log": Row(reads=DECIDES, why="with the second step; each opening is on record; never one's own posts"),
    "moderation:bring": Row(reads=DECIDES, sends=DECIDES, why="others' words by two, their authors told first"),
    "moderation:join_copy": Row(reads=NOBODY, sends=DECIDES, why="the second of two"),
    "moderation:hand_on_post": Row(reads=DECIDES, sends=DECIDES, why="what waits; an alternate who was asked"),
    "moderation:hand_on_report": Row(reads=DECIDES, sends=DECIDES, why="whom it goes to"),
    "moderation:sharing": Row(reads=DECIDES, sends=DECIDES, why="with the second step given within 12 hours"),
    "moderation:debrief_back": Row(reads=NOBODY, sends=BELONGS, own=True, why="one's own note, also out of office"),
    "moderation:reports": Row(reads=DECIDES | STAFF | {Role.ALTERNATE}, why="each sees what goes to them, and no more"),
    "moderation:report": Row(
        reads=DECIDES | STAFF,
        sends=DECIDES,
        why="never whom it is about, nor who made it; alternates, then staff, where nobody before them is left; "
        "of one that waits too long about somebody in office, staff see about whom and what kind of worry",
    ),
    "moderation:deaths": Row(reads=DECIDES | STAFF, sends=DECIDES | STAFF, why="two of the Top Three, with staff"),
    "moderation:death": Row(reads=DECIDES | STAFF, sends=DECIDES | STAFF, why="never about oneself, nor in a conflict"),
    "moderation:letter": Row(
        reads=HAS_WRITTEN,
        sends=frozenset({Role.SUSPENDED_BOARD, Role.SUSPENDED_ALL}),
        why="one's own letter; asking to come back",
    ),
    "moderation:places": Row(reads=DECIDES, why="with the second step given within 12 hours"),
    "moderation:suspension": Row(reads=DECIDES, sends=DECIDES, why="never about oneself, nor in a conflict"),
    "moderation:suspend": Row(reads=DECIDES, sends=DECIDES, why="the first of two; never about oneself"),
    "moderation:staff": Row(reads=STAFF, why="with the second step given within 12 hours"),
    "moderation:staff_seen": Row(reads=NOBODY, sends=STAFF),
    "moderation:danger_given": Row(reads=STAFF, sends=STAFF, why="once it is sent; each look is on record"),
    "moderation:tell_staff": Row(reads=DECIDES, sends=DECIDES, why="no words: a short list"),
    "moderation:danger": Row(reads=DECIDES, why="never one about oneself"),
    "moderation:new_danger": Row(reads=DECIDES, sends=DECIDES, why="never about oneself"),
    "moderation:danger_one": Row(reads=DECIDES, sends=DECIDES, why="never about oneself"),
    "moderation:ask_in": Row(reads=DECIDES, sends=DECIDES, why="the first of two"),
    "moderation:asking_in": Row(reads=NOBODY, sends=DECIDES, why="the second of two"),
    "moderation:end_asked_in": Row(reads=NOBODY, sends=DECIDES, why="not what members voted for"),
    "moderation:danger_about_you": Row(reads=_MEMBERS, own=True, why="once telling adds no danger"),
    "moderation:number": Row(reads=_MEMBERS, sends=_MEMBERS, why="one's own number"),
    "moderation:report_whom": Row(reads=_MEMBERS),
    "moderation:report_post": Row(reads=ACTIVE_MEMBERS, sends=ACTIVE_MEMBERS, why="of others, as far as they read it"),
    "moderation:report_person": Row(
        reads=_MEMBERS, sends=_MEMBERS, why="whom one sees, and always those who look after the place"
    ),
    "moderation:own_report": Row(reads=_MEMBERS, own=True),
}

SOCKETS = {"live:queue": Row(reads=DECIDES, why="with the second step given within 12 hours")}
