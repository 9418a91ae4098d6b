"""What writing pages say in words: how long the pause is, whether the board is open, who looks and when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Thread
from boards.mourning import may_write_in
from boards.queries.presence import here_of
from communities.duty import Watch, watch
from communities.models import Community, Membership
from communities.queries import enough_to_open, rules_of
from communities.seeing import audience
from crisisplans.queries import first_steps_of


def writing_context(membership: Membership, thread: Thread | None = None) -> dict[str, Any]:
    """The pause by day and by night, whether the board is open for writing, and who sees what is written. One query.

    `closed`: why a thread that came by its door takes no more posts, "" for none.
    """
    rules = rules_of(membership.community)
    return {
        "pause_day": rules.pause_day_minutes,
        "pause_night": rules.pause_night_minutes,
        "is_open": enough_to_open(membership.everybodys_offices),
        "seen_by": audience("post"),
        "closed": may_write_in(thread, rules).reason if thread is not None else "",
    }


def plan_beside(membership: Membership, now: datetime) -> dict[str, Any]:
    """The writer's own first steps, to stand beside what they write, its pause and a hold. Their own words, seen by
    nobody else. One query and a file."""
    return {"first_steps": first_steps_of(membership.person, now), "plan_url": reverse("crisisplans:mine")}


def who_looks(community: Community, now: datetime) -> dict[str, str]:
    """What a page says about who is on duty and here at this moment. One query, two while somebody is on."""
    looking = watch(community, now)
    return looking_in_words(looking, now, here_of([looking], now))


def looking_in_words(watch: Watch, now: datetime, here: Collection[int] = ()) -> dict[str, str]:
    """`who` is on duty ("" for nobody) and `when` somebody will look at the earliest: said, never overstated.

    `here` says who of those has a page open at this moment (`here`, by membership).
    """
    names = [member.display_name for member in watch.on_duty]
    present = [member.display_name for member in watch.on_duty if member.pk in here]
    who = ngettext("%(names)s is on duty", "%(names)s are on duty", len(names)) % {"names": joined(names)}
    is_here = ngettext("%(names)s is here now", "%(names)s are here now", len(present)) % {"names": joined(present)}
    return {
        "who": who if names else "",
        "here": is_here if present else "",
        "when": _moment(watch.next_look_at, now),
    }


def joined(names: list[str]) -> str:
    """“Wren”, “Wren and Ash”, “Wren, Ash and Juniper”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _moment(at: datetime | None, now: datetime) -> str:
    if at is None:
        return _("one of them signs in (nobody has said a time)")
    if at <= now:
        return _("now")
    there, here = localtime(at), localtime(now)
    # “7 pm”, “6:30 am”, as everywhere else on the pages.
    clock_time = date_format(there, "g:i A").lower().replace(":00", "")
    days = (there.date() - here.date()).days
    if days == 0:
        return _("today at %(time)s") % {"time": clock_time}
    if days == 1:
        return _("tomorrow at %(time)s") % {"time": clock_time}
    return _("%(day)s at %(time)s") % {"day": date_format(there, "l"), "time": clock_time}
