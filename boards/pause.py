"""How long a post rests before others can read it: longer at night, by London's clock."""

from datetime import datetime, time, timedelta

from communities.hours import LONDON
from communities.queries import Rules


def is_night(rules: Rules, now: datetime) -> bool:
    """Whether it is night in London by the community's rule; its night may run over midnight."""
    clock_time = now.astimezone(LONDON).time()
    starts, ends = time.fromisoformat(rules.night_starts), time.fromisoformat(rules.night_ends)
    if starts <= ends:
        return starts <= clock_time < ends
    return clock_time >= starts or clock_time < ends


def pause_length(rules: Rules, now: datetime) -> timedelta:
    """The pause of a post sent now, in elapsed time: a clock change makes it neither longer nor shorter."""
    return timedelta(minutes=rules.pause_night_minutes if is_night(rules, now) else rules.pause_day_minutes)
