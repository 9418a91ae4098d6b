"""Help now and the way out are for everybody, always."""

from people.access import EVERYBODY, Row

ROWS = {
    "helpnow:help_now": Row(reads=EVERYBODY),
    "helpnow:leave": Row(reads=EVERYBODY, sends=EVERYBODY),
}
