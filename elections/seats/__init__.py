"""Who looks after a place: elections, terms of office, and who steps in where too few are left (ADR 0023)."""


def register_all() -> None:
    """Say what elections bring: rules, notices, what follows from a vote and from an office that ends."""
    from communities import handing_over
    from elections.seats import notifications, rules, seeing
    from elections.seats.services import seating, see_to_two

    rules.register_all()
    notifications.register_all()
    seeing.register_all()
    seating.register()
    handing_over.register(see_to_two)
