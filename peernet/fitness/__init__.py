"""What an installation must be before real people use it: a list of checks, each a function giving findings.

A finding is one plain sentence for the operator; it never holds a name, an address of a person or a key.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from peernet.fitness import data, framework, outside, people, plans, record, secrets, telling, verbatim

# Of one kind: what is all wrong is seen as well from twenty lines as from ten thousand.
MOST_SAID = 20
Check = Callable[[], Iterable[str]]

CHECKS: list[Check] = [
    secrets.keys_are_kept_apart,
    secrets.election_keys_are_in_no_backup,
    plans.keys_lie_apart,
    plans.keys_are_all_there,
    outside.served_under_a_real_address,
    outside.the_proxy_is_known,
    outside.mail_can_go_out,
    outside.the_way_out_leads_away,
    telling.names_are_neutral,
    telling.pushes_go_to_push_services_only,
    outside.jobs_have_a_broker,
    data.database_is_postgresql,
    data.database_is_up_to_date,
    data.demo_is_gone,
    people.those_who_act_have_a_second_step,
    people.two_look_after_every_board,
    framework.settings_are_sound,
    record.record_is_not_behind,
    record.no_chain_is_gone,
    verbatim.words_are_those_recorded,
    verbatim.decisions_are_those_recorded,
]


def findings(*, head: str = "") -> list[str]:
    """Ask every check and return what they found, in their order; `head` is one of the record shown earlier."""
    return list(_ask_all(head))


def _ask_all(head: str) -> Iterator[str]:
    for check in CHECKS:
        yield from islice(check(), MOST_SAID)
    yield from record.record_is_whole(head)
