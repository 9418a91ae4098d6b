"""What stands at the addresses of the rota."""

from datetime import time, timedelta

import clock
from communities.models import Asking, Hours, Membership


def rota_things(name: str, member: Membership) -> dict[str, object]:
    """A time of this member's in a few days, or their asking whether somebody takes it."""
    on = clock.now().date() + timedelta(days=3)
    said = {"on": on, "starts": time(9), "ends": time(10)}
    if name == "communities:rota_look":
        row = Hours.objects.create(membership=member, what=Hours.What.TURN, weekday=on.weekday(), **said)
        return {"pk": row.pk, "on": on}
    if name == "communities:rota_asked":
        return {"pk": Asking.objects.get_or_create(by=member, **said, defaults={"made_at": clock.now()})[0].pk}
    return {}
