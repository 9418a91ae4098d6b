"""The access table's rows of the site itself, and of Help now, which stands below people and knows no roles."""

from communities.audiences import BELONGS, STAFF
from people.access import EVERYBODY, NOBODY, SIGNED_IN, Role, Row

ROWS = {
    "peernet:home": Row(reads=EVERYBODY, why="signed out: it names no community"),
    "peernet:day": Row(reads=STAFF, why="what each app offers staff for their day; nothing of the board"),
    "peernet:guide": Row(reads=EVERYBODY, why="nothing in it is secret"),
    "peernet:guide_picture": Row(reads=EVERYBODY, why="a picture of the demo"),
    "words:kept": Row(reads=SIGNED_IN, why="words kept through one's own sign-in"),
    "words:let_go": Row(reads=NOBODY, sends=SIGNED_IN),
    "own:yours": Row(reads=SIGNED_IN, why="what is one's own; in every state but died"),
    "own:whole": Row(reads=NOBODY, sends=SIGNED_IN, why="one's own; asks for the password or the second step again"),
    "own:leave": Row(reads=BELONGS, sends=BELONGS, why="one's own membership"),
    "own:erase": Row(
        reads=BELONGS | {Role.LEFT},
        sends=BELONGS | {Role.LEFT},
        why="one's own posts, also after leaving; asks for the password or the second step again",
    ),
    "helpnow:help_now": Row(reads=EVERYBODY),
    "helpnow:leave": Row(reads=EVERYBODY, sends=EVERYBODY),
    "service_worker": Row(reads=EVERYBODY, why="a script; nothing about anybody"),
    "manifest": Row(reads=EVERYBODY, why="the home screen's neutral word; nothing about anybody"),
    "healthz": Row(reads=EVERYBODY, why="the process; nothing about anybody"),
    "readyz": Row(reads=EVERYBODY, why="the database; nothing about anybody"),
}
