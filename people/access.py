"""The access table's own words: the roles, and what a row says. Each app offers its rows (`access.ROWS`), `peernet`
collects them; one test holds every address against them (domain, section 5)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Every standing that somebody can meet the site in; one person of the cast is each."""

    SIGNED_OUT = "signed out"
    STRANGER = "belongs nowhere"
    ELSEWHERE = "of another community"
    PROSPECTIVE = "prospective"
    ACTIVE = "active"
    ON_A_BREAK = "on a break"
    INACTIVE = "inactive"
    SUSPENDED_BOARD = "suspended from the board"
    SUSPENDED_ALL = "suspended from everything"
    LEFT = "left"
    TOP_THREE = "Top Three"
    ALTERNATE = "alternate"
    CARETAKER = "caretaker"
    TERM_ENDED = "term ended"
    STAFF = "staff"


EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.SIGNED_OUT}
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Row:
    """One address: who gets its page, and who may send its form. To everybody else it is missing (404), or asks a
    signed-out person to sign in. `own`: the thing at it is the asker's own; another's is missing to all."""

    reads: frozenset[Role]
    sends: frozenset[Role] = NOBODY
    own: bool = False
    why: str = ""


_WAYS_IN = Row(reads=EVERYBODY, sends=EVERYBODY, why="a way in: the same answer whoever asks, limited in tries")
_MINE = Row(reads=SIGNED_IN, sends=SIGNED_IN, why="one's own sign-in")
_MY_BUTTON = Row(reads=NOBODY, sends=SIGNED_IN, why="one's own sign-in")
_LEADS_ON = Row(
    reads=SIGNED_IN, sends=SIGNED_IN, why="one's own sign-in; asks for the password or the second step again"
)

ROWS = {
    "people:your_sign_in": Row(reads=SIGNED_IN),
    "people:nation": _MY_BUTTON,
    "people:keep_these": _MINE,
    "people:new_codes": _MY_BUTTON,
    "people:end_everywhere": _MY_BUTTON,
    "people:remove_email": _MY_BUTTON,
    "people:second_step": Row(reads=SIGNED_IN, why="leads to the password or the second step again"),
    "people:way_back": _WAYS_IN,
    "people:way_back_link": Row(
        reads=NOBODY, why="opens by a link made by two, once; without one it is missing to all"
    ),
    "account_login": _WAYS_IN,
    "account_logout": _MINE,
    "account_reauthenticate": _MINE,
    "account_email": _MINE,
    "account_email_verification_sent": _LEADS_ON,
    "account_change_password": _MINE,
    "account_reset_password": _WAYS_IN,
    "account_confirm_password_reset_code": _WAYS_IN,
    "account_complete_password_reset": _WAYS_IN,
    "usersessions_list": _MINE,
    "mfa_index": Row(reads=SIGNED_IN),
    "mfa_authenticate": Row(reads=SIGNED_IN, why="after the password, for whoever has a second step"),
    "mfa_reauthenticate": _LEADS_ON,
    "mfa_activate_totp": _LEADS_ON,
    "mfa_deactivate_totp": Row(reads=NOBODY, why="for whoever has an authenticator app; missing without one"),
    "mfa_view_recovery_codes": Row(reads=NOBODY, why="missing without a second step"),
    "mfa_generate_recovery_codes": _LEADS_ON,
    "mfa_add_webauthn": _LEADS_ON,
    "mfa_login_webauthn": Row(reads=SIGNED_IN, why="the script of the sign-in page"),
    "mfa_reauthenticate_webauthn": _LEADS_ON,
    "mfa_remove_webauthn": _LEADS_ON,
}
