"""Rows of the access table for writing: one's own plan in every state but died, and the headings of a community."""

from communities.audiences import BELONGS, DECIDES
from people.access import NOBODY, SIGNED_IN, Role, Row

_WHY = "one's own plan; in every state but died"
_READ = Row(reads=SIGNED_IN, why=_WHY)
_WRITE = Row(reads=SIGNED_IN, sends=SIGNED_IN, why=_WHY)
_VERSION = Row(reads=SIGNED_IN, sends=SIGNED_IN, own=True, why="a version of one's own plan")
_READS_RULES = BELONGS - {Role.SUSPENDED_ALL}

ROWS = {
    "crisisplans:mine": _READ,
    "crisisplans:start": _READ,
    "crisisplans:start_step": _WRITE,
    "crisisplans:start_look": _WRITE,
    "crisisplans:part": _WRITE,
    "crisisplans:first_steps": _WRITE,
    "crisisplans:versions": _READ,
    "crisisplans:version": _VERSION,
    "crisisplans:review": _WRITE,
    "crisisplans:later": Row(reads=NOBODY, sends=SIGNED_IN, why=_WHY),
    "crisisplans:follow": _WRITE,
    "crisisplans:growing": _READ,
    "crisisplans:growing_part": _WRITE,
    "crisisplans:growing_versions": _READ,
    "crisisplans:growing_version": _VERSION,
    "crisisplans:growing_review": _WRITE,
    "crisisplans:growing_later": Row(reads=NOBODY, sends=SIGNED_IN, why=_WHY),
    "crisisplans:growing_follow": _WRITE,
    "crisisplans:headings": Row(reads=_READS_RULES, why="a community's own words for the parts of a plan"),
    "crisisplans:change_headings": Row(reads=DECIDES, sends=DECIDES, why="the Top Three in office"),
}
