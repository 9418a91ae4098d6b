"""Plans for `bench.plan_keys`, in a process of a site's own: made, written further, rotated, and looked through."""

import json
import random
import sys
from typing import Any

import django

SAID = "Plan of {person}, version {number}. The kettle, the bench by the water, and whom to ring."


def fill(count: int) -> None:
    """Make so many people with a plan of one version each."""
    from django.core.management import call_command
    from django.db import transaction

    import clock
    from people.models import Person

    call_command("migrate", verbosity=0)
    now = clock.now()
    names = (f"planned {number}" for number in range(count))
    Person.objects.bulk_create([Person(sign_in_name=name, password="!", created_at=now) for name in names])
    people = list(Person.objects.values_list("pk", flat=True))
    for start in range(0, count, 500):
        with transaction.atomic():
            for person in people[start : start + 500]:
                add(person)


def add(person: int) -> int:
    """Save one version more of this person's plan, as the site does; return its number."""
    import clock
    from crisisplans.models import Plan, PlanVersion
    from crisisplans.sealing import box_to_write
    from crisisplans.words import PlanWords

    box, now = box_to_write(person), clock.now()
    plan, _new = Plan.objects.get_or_create(person_id=person, kind="crisis", defaults={"made_at": now})
    number = plan.versions.count() + 1
    version = PlanVersion(plan=plan, number=number, saved_at=now, agreed_to=1)
    words = PlanWords({"well": {"text": SAID.format(person=person, number=number)}})
    version.sealed = box.seal(str(version.ref), "words", words.written())
    version.save()
    return number


def write() -> None:
    """Save a version of somebody's plan again and again, and say each once it is stored; until killed."""
    from django.db import transaction

    from people.models import Person

    people, chance = list(Person.objects.values_list("pk", flat=True)), random.Random()
    while True:
        person = chance.choice(people)
        with transaction.atomic():
            number = add(person)
        print(person, number, flush=True)


def rotate(action: str) -> None:
    """`peernet plan-keys rewrap` or `renew`, saying when it begins."""
    from peernet import cli

    print("begun", flush=True)
    sys.exit(cli.main(["plan-keys", action]))


def look() -> dict[str, Any]:
    """Open every version; say which can't be read or says something else, and how they are sealed."""
    from django.db.models import F

    from crisisplans.keystore import key_ring, person_keys
    from crisisplans.models import PlanVersion
    from crisisplans.sealing import Unreadable, box_to_read, key_id_of
    from crisisplans.words import PlanWords

    rows = PlanVersion.objects.annotate(person=F("plan__person"), key=F("plan__person__plan_key__name"))
    lost, there, old = [], [], set()
    for row in rows.order_by("person").iterator():
        try:
            box = box_to_read(row.person, row.key)
            said = PlanWords.read(box.unseal(str(row.ref), "words", row.sealed)).parts["well"]["text"]
        except Unreadable:
            said = ""
        there.append([row.person, row.number])
        if said != SAID.format(person=row.person, number=row.number):
            lost.append([row.person, row.number])
        elif key_id_of(row.sealed) != box.keys.newest.id:
            old.add(row.person)
    files = {row.key for row in rows.iterator()}
    wrapped = sum(person_keys.opened(name)[0] == key_ring.newest_id() for name in files)
    return {"lost": lost, "there": there, "older_key": len(old), "files": len(files), "newest_ring": wrapped}


def main(words: list[str]) -> None:
    django.setup()
    match words:
        case ["fill", count]:
            fill(int(count))
        case ["write"]:
            write()
        case ["rotate", action]:
            rotate(action)
        case ["look"]:
            print(json.dumps(look()))


if __name__ == "__main__":
    main(sys.argv[1:])
