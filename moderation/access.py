"""Moderation's rows of the access table."""

from communities.audiences import DECIDES
from people.access import Row

ROWS = {
    "moderation:queue": Row(reads=DECIDES, why="with the second step given within 12 hours"),
    "moderation:post": Row(reads=DECIDES, sends=DECIDES, why="never one's own post"),
}
