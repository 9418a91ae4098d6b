"""`peernet plan-keys`: the keys of people's plans: how they are, and new ones. It never shows a word or a key."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from peernet.commands import Stop, site

ACTIONS = {
    "status": "how many there are, and what is amiss",
    "rewrap": "wrap every person's keys under the first key of the ring",
    "renew": "give every person a new key and seal their plans anew",
    "put-back": "put what is missing back from a copy of the keys",
    "lost-for-good": "no copy has those that are missing: the alarm stops for them",
}


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action", nargs="?", default="status", choices=ACTIONS, help="; ".join(f"{k}: {v}" for k, v in ACTIONS.items())
    )
    parser.add_argument(
        "given",
        nargs="?",
        metavar="FILE or NUMBER",
        help="put-back: the copy, `plan-keys`; lost-for-good: how many, as `status` counts them",
    )


def call(given: Namespace) -> int:
    """Exit code 0: done, and all plans can be opened; 1: some can't, or it could not be done, and a line says why."""
    site.open_site()
    site.need_tables()
    from crisisplans.keystore.key_ring import RingUnfit

    acts = {"status": status, "rewrap": rewrap, "renew": renew, "put-back": put_back, "lost-for-good": lost_for_good}
    try:
        return acts[given.action](given)
    except RingUnfit as unfit:
        raise Stop(str(unfit)) from None
    except OSError as fault:
        raise Stop(f"{fault.filename or 'the key store'}: {fault.strerror}.") from None


def status(_given: Namespace) -> int:
    """Count the files, by the key of the ring around them, and what belongs to nobody or is missing."""
    from crisisplans.keystore.inventory import look

    found = look()
    print(f"People with a key: {found.people}. Wrapped under the first key of the ring: {found.newest}.")
    if found.older:
        print(f"Wrapped under others of the ring: {found.older}. Wrap them anew: peernet plan-keys rewrap")
    if found.retired:
        print(f"People with older keys, kept for backups: {found.retired}.")
    if found.nobodys:
        print(f"Files that no plan names: {found.nobodys}.")
    if found.renewing:
        print(f"A renewal begun at {found.renewing} is not done. Go on with it: peernet plan-keys renew")
    if found.given_up:
        print(f"Lost for good, as was said: {found.given_up}. Their owners can only erase them and begin again.")
    for amiss in found.amiss():
        print(f"Not yet: {amiss}")
    return 1 if found.lost or found.closed else 0


def rewrap(_given: Namespace) -> int:
    """Can be ended and called again at any time. The older keys of the ring may go seven days after it is done."""
    from crisisplans.services.renewing import rewrap_all

    done = rewrap_all()
    print(f"Wrapped anew: {done.done}.")
    return _said(done.unread, "files no key of the ring opens")


def renew(_given: Namespace) -> int:
    """Can be ended at any time; called again, it goes on where it was."""
    import clock
    from crisisplans.keystore import renewal
    from crisisplans.services.renewing import renew_all

    done = renew_all(renewal.begun_at(clock.now()))
    renewal.end()
    print(f"People with a new key: {done.done}. The old ones go in 36 days, when no backup needs them.")
    return _said(done.unread, "files or rows could not be opened, and were left as they are")


def put_back(given: Namespace) -> int:
    """What is there and whole stays, also where the ring lacks its key; what was erased does not come back."""
    from peernet.backups import store

    if given.given is None:
        raise Stop("Which copy? Name the file `plan-keys` of a backup of the keys.")
    try:
        done = store.put_back(Path(given.given))
    except store.NoStore as no_store:
        raise Stop(f"{given.given}: {no_store}") from None
    print(f"Put back: {done.back}.")
    return _said(done.waiting, "files are whole, but the key around them is not on the ring: put it back first")


def lost_for_good(given: Namespace) -> int:
    """Nothing is deleted. What comes back later, by `put-back` or another ring, counts as before."""
    from crisisplans.services.giving_up import OtherNumber, give_up_lost_keys

    how_many = str(given.given or "")
    if not (how_many.isascii() and how_many.isdigit()):
        raise Stop("How many? Say the number that `peernet plan-keys` counts, when no copy brings them back.")
    try:
        give_up_lost_keys(int(how_many))
    except OtherNumber as other:
        raise Stop(f"{other} are missing or can't be opened, not {how_many}. Nothing was changed.") from None
    print(f"Given up: {how_many}. Their owners can only erase their plans and begin again.")
    return 0


def _said(count: int, what: str) -> int:
    if count:
        print(f"Not yet: {count} {what}.")
    return 1 if count else 0
