"""`peernet migrate`: the database brought up to date, its cache table too."""

from argparse import ArgumentParser, Namespace

from peernet.commands import Stop, site


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def call(given: Namespace) -> int:
    site.open_site()
    refuse_half_restored()
    bring_up_to_date(verbosity=0 if given.quiet else 1)
    erase_again()
    note_restore()
    return 0


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Apply the migrations that are missing. Safe to run again."""
    from django.core.management import call_command

    site.need_database()
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)


def refuse_half_restored() -> None:
    """Raise `Stop` where a backup was being put back and that is not done."""
    site.need_database()
    from peernet import serving

    if refused := serving.half_restored():
        raise Stop(refused)


def erase_again() -> None:
    """Erase again what the erasure list knows and this database does not: it was put back (safety checks, 2.8).

    Raises `Stop` where the list is amiss, so that nothing is served meanwhile.
    """
    from django.conf import settings

    from audit import erasures

    try:
        again = erasures.replay(settings.ERASURE_FILE)
        erasures.write_out(settings.ERASURE_FILE)
    except erasures.ListAmiss as amiss:
        raise Stop(f"The erasure list ({settings.ERASURE_FILE}) is amiss: {amiss}. See the operators' guide.") from None
    except OSError as fault:
        raise Stop(f"{fault.filename}: {fault.strerror}. Nothing can be erased without this list.") from None
    if again:
        print(f"The database was put back: {again} erasings of the list were done again.")


def note_restore() -> None:
    """Say in the record if this database was put back from a backup since this machine last looked."""
    from django.conf import settings

    import clock
    from audit import services
    from crisisplans.services.settling import close_all

    if behind := services.note_restore(settings.HEADS_FILE, clock.now()):
        print(f"The database has come less far than before: noted in the record as restored ({', '.join(behind)}).")
        # What their owners took back since then would be open again.
        print(f"Plans that were opened to others are closed: {close_all(why='restored')}.")
