"""After a death: words about how somebody died wait for a person for a while, and what becomes of the threads they
began (domain, section 8). Both are rules of the community; that it is such a time stands with the community itself.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from boards.models import Thread
from boards.plain_words import words_of
from communities.lifecycle import State
from communities.models import Community
from communities.queries import Rules
from communities.rules import RuleKind, everywhere, on_off, read_switch, register
from people.decisions import YES, Decision, no

LONGEST_DAYS = 90
# Words of method by themselves; and words that are such beside one of dying.
BY_THEMSELVES = """
hang hanged hanging hung noose ligature rope overdose overdosed overdosing suicide suicidal drowned drowning strangled
suffocated asphyxiated poisoned monoxide helium razor wrists stabbed antifreeze gallows
"""
BESIDE_DEATH = """
pills tablets tablet medication meds jumped jump fell bridge cliff roof building train railway tracks platform gun
shotgun shot gas exhaust bleach poison river lake canal sea blade knife bag cut took od
"""
OF_DYING = "died die dies dead death killed kill himself herself themselves themself myself suicide"
METHODS, BESIDE, DYING = (frozenset(words.split()) for words in (BY_THEMSELVES, BESIDE_DEATH, OF_DYING))


def speaks_of_method(text: str) -> str:
    """The word by which a text may tell how somebody died; "" for none. A blunt list: a person looks, nobody else."""
    words = words_of(text)
    there = set(words)
    found = there & METHODS or (there & BESIDE if there & DYING else set())
    return next((word for word in words if word in found), "")


def is_mourning(community: Community, now: datetime) -> bool:
    """Whether a death was recorded here lately. No query."""
    return community.mourning_until is not None and now < community.mourning_until


def finding_of(community: Community, text: str, now: datetime) -> list[dict[str, object]]:
    """What asks for a person to look at these words in such a time; nothing at any other. No query."""
    if not is_mourning(community, now) or not (word := speaks_of_method(text)):
        return []
    reason = gettext_noop("Somebody has died. For some weeks, words about how somebody died are looked at first.")
    return [{"rule": "mourning", "reason": reason, "urgency": 1, "phrase": word}]


def may_write_in(thread: Thread, rules: Rules) -> Decision:
    """Whether a thread that came by its door takes more posts: one begun by somebody who has died, as the rule says."""
    if getattr(thread, "begun_by_state", "") == State.DIED and not rules.memorial_threads_open:
        return no(_("This thread stays as it is, in memory of who began it. You can begin a new one."))
    return YES


def _days(value: int) -> str:
    if not value:
        return _("Nothing is held for this.")
    said = ngettext("For %(n)s day after a death.", "For %(n)s days after a death.", value)
    return said % {"n": value}


def register_rules() -> None:
    """Make the two rules known; called once, as the site starts."""
    register(
        RuleKind(
            "mourning_days",
            gettext_lazy("After a death: words about how somebody died are looked at first"),
            everywhere(28),
            gettext_lazy("Reading how somebody died can put others in danger. It is also the time for more contacts."),
            _days,
            int,
            lambda value: 0 <= value <= LONGEST_DAYS,
        )
    )
    register(
        RuleKind(
            "memorial_threads_open",
            gettext_lazy("Threads that somebody began who has died"),
            everywhere(True),
            gettext_lazy("Some want to go on writing there, some want it to stay as it was. The community chooses."),
            on_off(gettext_lazy("They stay open for answers."), gettext_lazy("They stay, and are closed for answers.")),
            read_switch,
        )
    )
