"""What else each page is asked on the one walk of every address as everybody, so that the site is walked once.

Nothing of a plan comes out but where it was opened (safety checks, 1.1), and beside each box to write into stands who
can see it.
"""

from collections.abc import Iterator

from django.http import HttpResponse

from people.access import Role
from tests.crisisplans.opened_everywhere import SECRET

# So many boxes at least are on the pages of somebody who belongs to the place; a walk that meets none shows nothing.
BOXES = {Role.ACTIVE: 4, Role.TOP_THREE: 4, Role.CARETAKER: 4}
# Whose plan it is (tests/access/walk.py): they read it, on their own pages.
OWNER = Role.ACTIVE


def boxes_without(page: str) -> bool:
    """Whether a page has a box to write into and nowhere says who can see it."""
    return "<textarea" in page and 'class="who-sees"' not in page


class Looked:
    """What was seen on the walk as this role."""

    def __init__(self, role: Role) -> None:
        self.role, self.boxes, self.secrets = role, 0, 0

    def faults(self, answer: HttpResponse) -> Iterator[str]:
        """What is wrong with this answer, whatever the table says of its address."""
        whole = answer.getvalue()
        if SECRET.encode() in whole:
            self.secrets += 1
            if self.role != OWNER:
                yield "words of a plan that is not theirs"
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = whole.decode()
            self.boxes += "<textarea" in page
            if boxes_without(page):
                yield "a box, and not who can see it"

    @property
    def enough(self) -> bool:
        """Whether the walk met what it looks for where that is: a walk past nothing shows nothing."""
        return self.boxes >= BOXES.get(self.role, 0) and (self.role != OWNER or self.secrets > 0)
