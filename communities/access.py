"""A community's rows of the access table."""

from communities.audiences import ACTIVE_MEMBERS, BELONGS, DECIDES, STAFF
from people.access import EVERYBODY, NOBODY, Role, Row

_RUN = DECIDES | STAFF
_INVITES = ACTIVE_MEMBERS | {Role.SUSPENDED_BOARD}

ROWS = {
    "communities:join": Row(reads=EVERYBODY, sends=EVERYBODY, why="by a link that opens something; else missing"),
    "communities:rules": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "communities:rules_aloud": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "communities:decided": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "communities:welcome": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "communities:welcome_screen": Row(reads=BELONGS - {Role.SUSPENDED_ALL}),
    "communities:people": Row(reads=ACTIVE_MEMBERS | STAFF | {Role.SUSPENDED_BOARD}),
    "communities:person": Row(reads=ACTIVE_MEMBERS | STAFF | {Role.SUSPENDED_BOARD}, why="somebody who is here"),
    "communities:invitations": Row(reads=_INVITES, sends=_INVITES, why="the Top Three see all, others their own"),
    "communities:make_link": Row(reads=NOBODY, sends=DECIDES),
    "communities:withdraw_invitation": Row(reads=NOBODY, sends=DECIDES, why="and whoever proposed it"),
    "communities:renew_open_link": Row(reads=NOBODY, sends=DECIDES, why="where the rules have self-referral"),
    "communities:admissions": Row(reads=DECIDES),
    "communities:admit": Row(reads=NOBODY, sends=DECIDES),
    "communities:hours": Row(reads=_RUN | {Role.ALTERNATE}, sends=_RUN | {Role.ALTERNATE}),
    "communities:remove_hours": Row(reads=NOBODY, sends=_RUN | {Role.ALTERNATE}, own=True),
    "communities:rota": Row(reads=_RUN | {Role.ALTERNATE}, sends=_RUN | {Role.ALTERNATE}, why="staff see staff's"),
    "communities:rota_look": Row(reads=_RUN | {Role.ALTERNATE}, sends=_RUN | {Role.ALTERNATE}, own=True),
    "communities:rota_asked": Row(
        reads=NOBODY, sends=_RUN | {Role.ALTERNATE}, why="by whoever asked; taken by somebody of the same rota"
    ),
    "communities:ways_back": Row(reads=_RUN, sends=_RUN),
    "communities:confirm_way_back": Row(reads=NOBODY, sends=_RUN, why="by the other of the two"),
    "communities:apart": Row(reads=BELONGS - STAFF, sends=BELONGS - STAFF, why="one's own; never known to the other"),
    "communities:end_apart": Row(reads=NOBODY, sends=BELONGS - STAFF, own=True),
    "communities:apart_asked": Row(
        reads=_RUN | {Role.ALTERNATE},
        sends=_RUN,
        why="never what is about oneself; alternates where nobody else is left",
    ),
    "communities:say_apart": Row(reads=_RUN, sends=_RUN, why="never about oneself; alternates as above"),
    "communities:break": Row(reads=BELONGS - STAFF, sends=BELONGS - STAFF, why="one's own, by one button"),
}
