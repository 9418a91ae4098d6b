"""Rows of the access table for a plan in the hand: one's own, in every state but died. The shape is no secret."""

from people.access import EVERYBODY, SIGNED_IN, Row

_WHY = "one's own plan; in every state but died"
_READ = Row(reads=SIGNED_IN, why=_WHY)

ROWS = {
    "crisisplans:now": _READ,
    "crisisplans:now_step": _READ,
    "crisisplans:print": _READ,
    "crisisplans:growing_print": _READ,
    "crisisplans:take": _READ,
    "crisisplans:take_data": _READ,
    "crisisplans:take_shape": Row(reads=EVERYBODY, why="the shape of such a file, and nobody's words"),
    "crisisplans:take_file": _READ,
    "crisisplans:bring": Row(reads=SIGNED_IN, sends=SIGNED_IN, why=_WHY),
}
