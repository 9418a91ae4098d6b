"""A process that writes posts without end and says of each when it is stored, to be killed at any moment.

`prepare`: a database with the cast. `write FIRST AGAIN…`: send the forms AGAIN once more, then new ones from FIRST on.
`look`: what is there, as JSON.
"""

import json
import sys
import threading
from itertools import count
from uuid import UUID, uuid5

import django

SEED = UUID(int=51)
WRITERS = 3


def prepare() -> None:
    from django.core.management import call_command

    import clock
    from tests.cast import make_cast

    call_command("migrate", verbosity=0)
    make_cast(clock.now())


def write(first: int, *again: int) -> None:
    from communities.models import Membership

    authors = list(Membership.objects.filter(display_name__in=("Heron", "Moss", "Fern")).select_related("community"))
    numbers, lock = iter([*again, *range(first, first + 1_000_000)]), threading.Lock()

    def say(*words: object) -> None:
        with lock:
            print(*words, flush=True)

    def go_on() -> None:
        for _ in count():
            with lock:
                number = next(numbers)
            say("try", number)
            say("stored", number, send(authors[number % len(authors)], number))

    for _ in range(WRITERS):
        threading.Thread(target=go_on).start()


def send(author: object, number: int) -> int:
    from boards.services import write_post

    words = f"Post number {number}."
    return write_post(by=author, title=words, text=words, form_key=uuid5(SEED, words)).pk


def look() -> None:
    from boards.models import Post
    from tests.boards.whole import in_part

    texts: dict[str, list[int]] = {}
    for pk, text in Post.objects.values_list("pk", "text"):
        texts.setdefault(text.removeprefix("Post number ").rstrip("."), []).append(pk)
    print(json.dumps({"posts": texts, "in_part": in_part()}))


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "write": write, "look": look}[sys.argv[1]](*map(int, sys.argv[2:]))
